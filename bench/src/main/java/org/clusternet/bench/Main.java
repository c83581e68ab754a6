package org.clusternet.bench;

import java.io.IOException;

/** JMH's command line. */
public final class Main {
  private Main() {}

  /** Runs JMH. */
  public static void main(String[] args) throws IOException {
    org.openjdk.jmh.Main.main(args);
  }
}
