package org.clusternet.progress;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar with the remaining time, for terminals. The bar disappears when its task ends; lines stay
 * above it.
 *
 * <p>The library me.tongfei:progressbar draws the bar in its own thread. It writes to a consumer
 * given here, since its default one loads a native terminal library to find the width.
 */
public final class BarProgress implements Progress {
  private static final int WIDTH = 79;
  private static final int UPDATE_MILLIS = 200;
  private static final String WIPE = "\r" + " ".repeat(WIDTH) + "\r";

  private final PrintWriter terminal;

  /** Draws to a terminal of at least 80 columns. */
  public BarProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  @Override
  public void line(String text) {
    synchronized (terminal) {
      terminal.print(WIPE);
      terminal.println(text);
      terminal.flush();
    }
  }

  @Override
  public Task begin(String name, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .clearDisplayOnFinish()
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
            .build();
    return new Bar(bar);
  }

  private void draw(String text) {
    synchronized (terminal) {
      terminal.print(text.startsWith("\r") ? text : "\r" + text);
      terminal.flush();
    }
  }

  private record Bar(ProgressBar bar) implements Task {
    @Override
    public void advanceTo(long done) {
      bar.stepTo(done);
    }

    @Override
    public void detail(String text) {
      bar.setExtraMessage(" " + text);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
