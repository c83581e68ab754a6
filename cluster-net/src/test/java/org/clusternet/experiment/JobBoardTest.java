package org.clusternet.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.network.Alphas;
import org.clusternet.network.Variant;
import org.clusternet.progress.Progress;
import org.clusternet.run.Scores;
import org.junit.jupiter.api.Test;

/** One bar for several jobs: two branches count twice, what is resumed counts from where it is. */
class JobBoardTest {
  private static final FoldJob SMALL = new FoldJob(new Arm(Variant.BASELINE, Alphas.PAPER), 0, 0);
  private static final FoldJob LARGE = new FoldJob(new Arm(Variant.ALL, Alphas.PAPER), 0, 1);

  /** Notes what is shown. */
  private static final class Screen implements Progress {
    private final List<String> lines = new ArrayList<>();
    private long total;
    private long done;
    private boolean closed;

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public Task begin(String name, long steps) {
      total = steps;
      return new Task() {
        @Override
        public void advanceTo(long now) {
          assertTrue(now <= total, now + " of " + total);
          done = now;
        }

        @Override
        public void detail(String text) {
          lines.add(text);
        }

        @Override
        public void close() {
          closed = true;
        }
      };
    }
  }

  private static Scores scores() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    Scores.Sample sample =
        new Scores.Sample(3, 0, matrix.macroF1(), 1, 1, Map.of(), matrix.counts());
    return new Scores(
        "all", 0, 3, 2, 4, sample, sample, null, null, Map.of(), List.of(), "", Map.of(), "",
        Map.of());
  }

  @Test
  void epochsOfAllJobsMoveOneBar() {
    Screen screen = new Screen();
    try (JobBoard board = new JobBoard(screen, List.of(SMALL, LARGE), 4)) {
      assertEquals(12_000, screen.total);
      Progress small = board.of(SMALL);
      Progress large = board.of(LARGE);
      small.begin("images", 10).advanceTo(10);
      assertEquals(0, screen.done, "what is not an epoch does not count");
      small.begin("epoch 1/4", 8).advanceTo(4);
      assertEquals(500, screen.done);
      large.begin("epoch 3/4", 8).advanceTo(2);
      assertEquals(500 + 2 * 2250, screen.done);
      large.begin("epoch 3/4 validation", 2).advanceTo(2);
      assertEquals(500 + 2 * 2250, screen.done);
      large.line("epoch 3/4 and its loss");
      assertTrue(screen.lines.isEmpty());
      board.finished(LARGE, scores(), 61.4);
      assertEquals(500 + 8000, screen.done);
      board.finished(SMALL, scores(), 10);
      assertEquals(screen.total, screen.done);
    }
    assertTrue(screen.closed);
    assertEquals(2, screen.lines.size());
    assertTrue(
        screen
            .lines
            .get(0)
            .startsWith(
                "all, seed 0, fold 1: macro F1 1.000, epoch 2 of 4, 61 s; 1 of 2 folds, about "),
        screen.lines.get(0));
    assertEquals(
        "baseline, seed 0, fold 0: macro F1 1.000, epoch 2 of 4, 10 s; 2 of 2 folds",
        screen.lines.get(1));
  }
}
