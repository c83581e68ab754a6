package org.clusternet.nn.weights;

import java.io.IOException;
import java.nio.file.Path;

/** A file of weights cannot be used or does not fit the network. */
public class WeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  WeightsException(Path file, String what) {
    super(file + ": " + what);
  }

  WeightsException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
