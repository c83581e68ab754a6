package org.clusternet.nn.weights;

import java.nio.file.Path;

/** A file of weights of which some, but not all, fit the network: it could be loaded in part. */
public final class PartialFitException extends WeightsException {
  private static final long serialVersionUID = 1L;

  PartialFitException(Path file, String what) {
    super(file, what);
  }
}
