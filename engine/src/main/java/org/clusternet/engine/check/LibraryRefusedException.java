package org.clusternet.engine.check;

/** An op asked for a library that a check leaves out on purpose. */
public final class LibraryRefusedException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  /** A refusal that names the library. */
  public LibraryRefusedException(String library) {
    super(library + " is left out of this check");
  }
}
