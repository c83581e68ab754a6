package org.clusternet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from a resource that Maven fills in: the pom is its only source. */
public final class Version implements IVersionProvider {

  private static final String RESOURCE = "version.properties";

  /** For picocli. */
  public Version() {}

  /**
   * The version of this build, such as {@code 0.1.0}.
   *
   * @return the version as the pom states it
   * @throws IllegalStateException if the resource is not on the class path
   */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "resource=" + RESOURCE + " is missing from the class path: build again");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource=" + RESOURCE + " cannot be read", e);
    }
    return properties.getProperty("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"cluster-net " + current(), "Java " + Runtime.version()};
  }
}
