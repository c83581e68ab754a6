package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.progress.Progress;
import org.clusternet.run.Scores;

/**
 * The progress of several jobs as one bar over the epochs of all of them; epochs of networks with
 * two branches count twice. A line reports every finished job and the remaining time at the present
 * pace. The lines of a job's epochs are in its folder.
 */
final class JobBoard implements AutoCloseable {
  /** The training loop's name of the task of an epoch. */
  private static final Pattern EPOCH = Pattern.compile("epoch (\\d+)/\\d+");

  private static final int STEPS = 1000;

  private final Progress progress;
  private final Progress.Task bar;
  private final int jobs;
  private final long epochs;
  private final long total;
  private final List<Part> running = new ArrayList<>();
  private final Thread notice = new Thread(this::announceEnd, "end of an experiment");
  private final long start = System.nanoTime();
  private long before;
  private long ended;
  private int finished;

  /** A board for jobs of the given number of epochs each. */
  JobBoard(Progress progress, List<FoldJob> jobs, int epochs) {
    this.progress = progress;
    this.jobs = jobs.size();
    this.epochs = epochs;
    this.total = jobs.stream().mapToLong(this::cost).sum();
    this.bar = progress.begin("folds", total);
    Runtime.getRuntime().addShutdownHook(notice);
  }

  private void announceEnd() {
    progress.line("asked to end: the same command continues from the last checkpoint of each fold");
  }

  private long cost(FoldJob job) {
    return epochs * STEPS * job.arm().branches();
  }

  /** The display of a job, until {@link #finished}. */
  synchronized Progress of(FoldJob job) {
    Part part = new Part(job);
    running.add(part);
    return part;
  }

  /** Reports a finished job. */
  synchronized void finished(FoldJob job, Scores scores, double seconds) {
    running.removeIf(part -> part.job.equals(job));
    ended += cost(job);
    finished++;
    progress.line(
        String.format(
            Locale.ROOT,
            "%s: macro F1 %.3f, epoch %d of %d, %.0f s; %d of %d folds%s",
            job,
            scores.test().macroF1(),
            scores.epoch(),
            scores.epochs(),
            seconds,
            finished,
            jobs,
            finished == jobs ? "" : ", " + left()));
    update();
  }

  private void update() {
    bar.advanceTo(Math.min(total, done()));
  }

  private long done() {
    return ended + running.stream().mapToLong(part -> part.done).sum();
  }

  private String left() {
    double seconds = (System.nanoTime() - start) * 1e-9;
    double rest = seconds * (total - done()) / Math.max(1, done() - before);
    return String.format(Locale.ROOT, "about %.0f min left", Math.ceil(rest / 60));
  }

  private synchronized void advance(Part part, int epoch, double fraction) {
    long now = (long) ((epoch - 1 + fraction) * STEPS * part.job.arm().branches());
    if (!part.begun) {
      part.begun = true;
      before += (epoch - 1L) * STEPS * part.job.arm().branches();
    }
    part.done = Math.min(now, cost(part.job));
    update();
  }

  @Override
  public void close() {
    bar.close();
    try {
      Runtime.getRuntime().removeShutdownHook(notice);
    } catch (IllegalStateException e) {
      // The process is ending, and the line was written.
      return;
    }
  }

  /** The display of one job. */
  private final class Part implements Progress {
    private final FoldJob job;
    private long done;
    private boolean begun;

    Part(FoldJob job) {
      this.job = job;
    }

    @Override
    public void line(String text) {
      // The table of epochs in the job's folder has it; here there would be hundreds of lines.
    }

    @Override
    public Task begin(String name, long steps) {
      Matcher epoch = EPOCH.matcher(name);
      return new Count(this, epoch.matches() ? Integer.parseInt(epoch.group(1)) : 0, steps);
    }
  }

  /** The task of an epoch of a job, or of something else, which has number 0. */
  private final class Count implements Progress.Task {
    private final Part part;
    private final int epoch;
    private final long steps;

    Count(Part part, int epoch, long steps) {
      this.part = part;
      this.epoch = epoch;
      this.steps = steps;
    }

    @Override
    public void advanceTo(long done) {
      if (epoch > 0) {
        advance(part, epoch, (double) done / steps);
      }
    }

    @Override
    public void detail(String text) {
      // The one bar for all jobs has no room for the loss of each.
    }

    @Override
    public void close() {
      // The bar belongs to all jobs.
    }
  }
}
