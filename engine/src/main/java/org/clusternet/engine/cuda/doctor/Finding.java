package org.clusternet.engine.cuda.doctor;

/**
 * One thing that was looked at.
 *
 * @param state how it is
 * @param subject what was looked at
 * @param text what was found
 * @param remedy the command or setting that mends it; empty where nothing is to mend
 */
public record Finding(State state, String subject, String text, String remedy) {

  /** How a thing is. */
  public enum State {
    /** It works. */
    WORKS,
    /** It is missing or broken. */
    BROKEN,
    /** It could not be looked at, for want of another. */
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

  /** One line for people. */
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
