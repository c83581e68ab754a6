package org.clusternet.progress;

import java.util.function.Consumer;

/** Lines only: for log files and pipes, where a bar would leave a trail of fragments. */
public final class LineProgress implements Progress {

  private static final Task NOTHING =
      new Task() {
        @Override
        public void advanceTo(long done) {
          // A log is told of a task when it has ended, by a line.
        }

        @Override
        public void detail(String text) {
          // As above.
        }

        @Override
        public void close() {
          // Nothing was drawn.
        }
      };

  private final Consumer<String> lines;

  /** Passes each line on, without an end of line. */
  public LineProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void line(String text) {
    lines.accept(text);
  }

  @Override
  public Task begin(String name, long total) {
    return NOTHING;
  }
}
