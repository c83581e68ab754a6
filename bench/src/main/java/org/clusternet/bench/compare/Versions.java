package org.clusternet.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the libraries compared, as the build knows them. */
record Versions(String dnnl, String djl, String libtorch, String jmh) {
  private static final String RESOURCE = "versions.properties";

  static Versions read() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(
        versions.getProperty("dnnl"),
        versions.getProperty("djl"),
        versions.getProperty("libtorch"),
        versions.getProperty("jmh"));
  }

  /** For people. */
  String describe(boolean peers) {
    String ours = "oneDNN %s (org.bytedeco:dnnl), JMH %s".formatted(dnnl, jmh);
    return peers ? ours + "; peers: DJL %s with libtorch %s".formatted(djl, libtorch) : ours;
  }
}
