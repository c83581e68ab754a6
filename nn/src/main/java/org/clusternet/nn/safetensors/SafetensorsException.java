package org.clusternet.nn.safetensors;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not in the safetensors format, is damaged, or does not fit what it is loaded into. */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message begins with the file. */
  public SafetensorsException(Path file, String what) {
    super(file + ": " + what);
  }

  /** The message begins with the file. */
  public SafetensorsException(Path file, String what, Throwable cause) {
    super(file + ": " + what, cause);
  }
}
