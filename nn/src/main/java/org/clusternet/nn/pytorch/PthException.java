package org.clusternet.nn.pytorch;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a PyTorch state dict, is damaged, or asks for more than a state dict needs. */
public final class PthException extends IOException {
  private static final long serialVersionUID = 1L;

  PthException(Path file, String what) {
    super(file + ": " + what);
  }

  PthException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
