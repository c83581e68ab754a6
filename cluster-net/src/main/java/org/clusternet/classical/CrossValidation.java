package org.clusternet.classical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.fold.Folds;
import org.clusternet.metrics.ConfusionMatrix;

/**
 * A classical classifier over all folds: fitted on each split's training images and evaluated on
 * its test images, so that every image is predicted once by a classifier that has not seen its
 * cluster. The validation fold, which picks a network's epoch, is used for neither.
 *
 * @param name name of the classifier
 * @param labels classes of all images
 * @param predictions predicted classes of all images, in the same order
 * @param probabilities probabilities of all images; empty for classifiers that have none
 * @param models a description of the model fitted in each fold
 */
public record CrossValidation(
    String name,
    List<CoreType> labels,
    List<CoreType> predictions,
    Optional<List<double[]>> probabilities,
    List<String> models) {
  /**
   * Runs a classifier.
   *
   * @param classifiers classifiers on the images that the folds were made from, in the same order
   * @param name one of {@link ClassicalClassifiers#names}
   * @param folds the division
   * @return its pooled predictions
   */
  public static CrossValidation run(ClassicalClassifiers classifiers, String name, Folds folds) {
    int images = classifiers.table().size();
    CoreType[] predictions = new CoreType[images];
    double[][] probabilities = new double[images][];
    List<String> models = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      Folds.Split split = folds.split(fold);
      ClassicalClassifiers.Fitted fitted = classifiers.fit(name, split.train());
      models.add(fitted.describe());
      for (int image : split.test()) {
        predictions[image] = fitted.predict(image);
        probabilities[image] = fitted.probabilities(image).orElse(null);
      }
    }
    List<CoreType> labels = classifiers.table().entries().stream().map(e -> e.label()).toList();
    return new CrossValidation(
        name,
        labels,
        List.of(predictions),
        probabilities[0] == null ? Optional.empty() : Optional.of(List.of(probabilities)),
        models);
  }

  /**
   * The confusion matrix over all folds.
   *
   * @return the pooled matrix
   */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(labels, predictions);
  }
}
