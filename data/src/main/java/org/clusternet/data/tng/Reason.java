package org.clusternet.data.tng;

/** The innermost message of what a library threw, which tells more than its outer ones. */
final class Reason {
  private Reason() {}

  static String of(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message.strip();
  }
}
