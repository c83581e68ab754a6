package org.clusternet.domain;

import java.util.List;

/**
 * How an image compares with the images that a model was trained on.
 *
 * @param verdict like, unlike, or another kind of picture
 * @param reasons what is outside, in words; empty if nothing is
 * @param distance distance of the image's features from those of the training images ({@link
 *     FeatureDensity#distance}); NaN if the model has no density
 */
public record Likeness(Verdict verdict, List<String> reasons, double distance) {

  /** The verdicts. */
  public enum Verdict {
    /** Nothing known speaks against the prediction. */
    LIKE,
    /** Something is outside what the model was trained on: the prediction is doubtful. */
    UNLIKE,
    /** The features are farther off than 999 of 1000 images: the prediction means nothing. */
    OTHER_KIND
  }

  /** Copies the reasons. */
  public Likeness {
    reasons = List.copyOf(reasons);
  }

  /** All reasons in one line. */
  public String text() {
    return String.join("; ", reasons);
  }
}
