package org.clusternet.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The versions of the compared libraries, from the build. */
record Versions(
    String dnnl, String djl, String libtorch, String tensorFlow, String dl4j, String jmh) {
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
        versions.getProperty("tensorflow"),
        versions.getProperty("dl4j"),
        versions.getProperty("jmh"));
  }

  /**
   * A description of the versions.
   *
   * @param contenders contenders whose libraries are named
   */
  String describe(List<Contender> contenders) {
    Map<String, String> peers = new LinkedHashMap<>();
    peers.put("libtorch", "DJL %s with libtorch %s".formatted(djl, libtorch));
    peers.put("tensorflow", "TensorFlow-Java " + tensorFlow);
    peers.put("dl4j", "DL4J " + dl4j);
    peers
        .keySet()
        .removeIf(name -> contenders.stream().noneMatch(one -> one.label().startsWith(name)));
    String ours = "oneDNN %s (org.bytedeco:dnnl), JMH %s".formatted(dnnl, jmh);
    return peers.isEmpty() ? ours : ours + "; peers: " + String.join(", ", peers.values());
  }
}
