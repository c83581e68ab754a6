package org.clusternet.engine.cuda.doctor;

/**
 * The result of examining one part.
 *
 * @param state its state
 * @param subject the part that was examined
 * @param text the finding
 * @param remedy the command or setting that repairs it; empty where nothing is broken
 */
public record Finding(State state, String subject, String text, String remedy) {

  /** How a thing is. */
  public enum State {
    /** It works. */
    WORKS,
    /** It is missing or broken. */
    BROKEN,
    /** It could not be examined because another part is missing. */
    UNKNOWN
  }

  private static final int SUBJECT_WIDTH = 12;

  static Finding works(String subject, String text) {
    return new Finding(State.WORKS, subject, text, "");
  }

  static Finding broken(String subject, String text, String remedy) {
    return new Finding(State.BROKEN, subject, text, remedy);
  }

  static Finding unknown(String subject, String text) {
    return new Finding(State.UNKNOWN, subject, text, "");
  }

  /** One line for the report. */
  @Override
  public String toString() {
    String mark =
        switch (state) {
          case WORKS -> "ok";
          case BROKEN -> "no";
          case UNKNOWN -> "-";
        };
    String line = String.format("%-3s%-" + SUBJECT_WIDTH + "s %s", mark, subject, text);
    return remedy.isEmpty() ? line : line + "; " + remedy;
  }
}
