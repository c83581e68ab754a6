package org.clusternet.predict;

import java.util.Map;
import java.util.Optional;
import org.clusternet.data.dataset.ImageTraits;
import org.clusternet.data.observation.Reduced;
import org.clusternet.domain.DensityFit;
import org.clusternet.domain.Likeness;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.PooledFeatures;
import org.clusternet.progress.Progress;
import org.clusternet.run.TrainedModel;

/**
 * Compares images with those that the model was trained on. What is outside is said in the column
 * {@code unlike}; another kind of picture gets no answer, unless it is forced: the network would
 * name a core type for anything.
 */
final class DomainCheck {
  private final TrainedModel model;
  private final Optional<TrainingDomain> domain;
  private final boolean forced;

  /**
   * A check.
   *
   * @param model the model
   * @param forced whether another kind of picture gets an answer all the same
   */
  DomainCheck(TrainedModel model, boolean forced) {
    this.model = model;
    this.domain = model.domain();
    this.forced = forced;
  }

  /** Writes to the log if the model knows too little of its training images to compare with. */
  void note(Progress progress) {
    if (domain.isEmpty()) {
      progress.line(
          model.file()
              + ": does not say what it was trained on, so images cannot be compared with its"
              + " training images; train it anew to have that");
    } else if (domain.get().density() == null) {
      progress.line(
          model.file()
              + ": has no density of its training images' features (training has not ended, or had"
              + " fewer than %d images to validate), so pictures of another kind are not recognised"
                  .formatted(DensityFit.FEWEST));
    }
  }

  /**
   * Compares an image.
   *
   * @param answer receives what is outside, and the error if the image is refused
   * @param image the image
   * @param device the device that holds the arrays
   * @param arrays the arrays behind the prediction
   * @return whether the image has an answer
   */
  boolean accepts(Answer answer, PreparedImage image, Device device, Map<String, Tensor> arrays) {
    if (domain.isEmpty()) {
      return true;
    }
    Likeness likeness = domain.get().compare(traits(image), PooledFeatures.read(device, arrays));
    if (Double.isFinite(likeness.distance())) {
      answer.put(AnswerColumn.DISTANCE, likeness.distance());
    }
    if (!likeness.reasons().isEmpty()) {
      answer.put(AnswerColumn.UNLIKE, likeness.text());
    }
    if (likeness.verdict() == Likeness.Verdict.OTHER_KIND && !forced) {
      answer.fail(
          "%s: %s; check that it is an X-ray image of a cluster at the model's scale or take the answer with --force"
              .formatted(answer.input().files().image(), likeness.text()));
      return false;
    }
    return true;
  }

  private static ImageTraits traits(PreparedImage image) {
    Reduced reduced = image.reduced();
    return ImageTraits.of(
        reduced.observation().source().keywords(),
        reduced.frame(),
        reduced.scale(),
        reduced.noise().isPresent(),
        reduced.observation().subtracted(),
        image.input());
  }
}
