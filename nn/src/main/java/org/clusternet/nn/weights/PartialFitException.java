package org.clusternet.nn.weights;

import java.nio.file.Path;

/** Some weights of a file fit the network, but not all: it could be loaded in part. */
public final class PartialFitException extends WeightsException {
  private static final long serialVersionUID = 1L;

  PartialFitException(Path file, String what) {
    super(file, what);
  }
}
