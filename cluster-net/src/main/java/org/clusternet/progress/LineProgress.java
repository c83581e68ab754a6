package org.clusternet.progress;

import java.util.function.Consumer;

/** Lines only: for log files and pipes, where a bar would leave fragments. */
public final class LineProgress implements Progress {

  private static final Task NOTHING =
      new Task() {
        @Override
        public void advanceTo(long done) {
          // A log has a line for a task when it has ended.
        }

        @Override
        public void detail(String text) {
          // Shown beside a bar only.
        }

        @Override
        public void close() {
          // There is no bar.
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
