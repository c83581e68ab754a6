package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Failures;
import org.clusternet.progress.Progress;

/**
 * Asks about images one after the other. An image that cannot be used ends its own answer and not
 * the job, even if reading it meets an error of this program; what is wrong with the device or the
 * folder that is written ends the job.
 */
final class AnswerLoop {
  private AnswerLoop() {}

  /** Makes an image ready. */
  @FunctionalInterface
  interface Preparing {
    /** Reads and prepares the image; what it throws is the error of this answer alone. */
    PreparedImage prepare(Answer answer);
  }

  /** Asks the network about an image that is ready, and fills in its answer. */
  @FunctionalInterface
  interface Asking {
    /** Sets the prediction, or calls {@link Answer#fail}; what it throws ends the job. */
    void ask(Answer answer, PreparedImage image);
  }

  /**
   * Asks about all images.
   *
   * @param images the images
   * @param preparing makes images ready
   * @param progress shows the count
   * @param asking asks about an image
   * @return an answer per image, in their order
   */
  static List<Answer> over(
      List<PredictionInput> images, Preparing preparing, Progress progress, Asking asking) {
    List<Answer> answers = new ArrayList<>();
    try (Progress.Task task = progress.begin("images", images.size())) {
      for (PredictionInput image : images) {
        Answer answer = new Answer(image);
        prepare(answer, preparing, images.size() == 1)
            .ifPresent(prepared -> asking.ask(answer, prepared));
        answers.add(answer);
        task.advanceTo(answers.size());
      }
    }
    return answers;
  }

  private static Optional<PreparedImage> prepare(Answer answer, Preparing preparing, boolean only) {
    try {
      return Optional.of(preparing.prepare(answer));
    } catch (DataException e) {
      answer.fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (only) {
        throw e;
      }
      answer.fail(answer.input().files().image() + ": internal error (please report it): " + e);
    }
    return Optional.empty();
  }

  /**
   * Writes facts and warnings about images with an answer to the log, and the errors of the others.
   *
   * @throws DataException with the first few errors if no image has an answer
   */
  static void report(List<Answer> answers, Progress progress) {
    List<String> errors = answers.stream().flatMap(a -> a.error().stream()).toList();
    for (Answer answer : answers.stream().filter(a -> a.error().isEmpty()).toList()) {
      String file = answer.input().files().image() + ": ";
      answer.notes().forEach(note -> progress.line(file + note));
      answer.warnings().forEach(warning -> progress.line(file + warning));
      Object unlike = answer.cells().get(AnswerColumn.UNLIKE);
      if (unlike != null) {
        progress.line(file + "unlike the training images: " + unlike);
      }
    }
    if (errors.size() < answers.size()) {
      errors.forEach(progress::line);
    } else {
      throw new DataException(Failures.summary("", "images", errors, answers.size()));
    }
  }
}
