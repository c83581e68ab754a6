package org.clusternet.classical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;

/**
 * The classical classifiers of a dataset: for each measure two thresholds, under the measure's
 * name, and {@value #JOINT}, logistic regression over all of them. As with a network, they are
 * fitted on some images and predict others.
 *
 * <p>A value that an image lacks is the median of the images that the classifier was fitted on.
 */
public final class ClassicalClassifiers {
  /** The name of the regression over all measures. */
  public static final String JOINT = "logistic";

  private final MeasureTable table;

  /** A classifier fitted on some images. */
  public interface Fitted {
    /**
     * The class of an image.
     *
     * @param image index into the table's entries
     * @return the predicted class
     */
    CoreType predict(int image);

    /**
     * The probabilities of the classes.
     *
     * @param image index into the table's entries
     * @return those of CC, WCC and NCC; empty for thresholds, which have none
     */
    Optional<double[]> probabilities(int image);

    /**
     * A description of the fitted model.
     *
     * @return one line
     */
    String describe();
  }

  /**
   * Classifiers on measures that have been taken.
   *
   * @param table the measures of all images
   */
  public ClassicalClassifiers(MeasureTable table) {
    this.table = table;
  }

  /**
   * Classifiers of a dataset folder: measures all its images.
   *
   * @param catalog the dataset
   * @param threads number of threads
   * @param progress notified after each image
   * @return classifiers on all measures that at least half of the images have
   * @throws org.clusternet.data.DataException as {@link MeasureTable#measure}
   */
  public static ClassicalClassifiers of(Catalog catalog, int threads, BatchProgress progress) {
    return new ClassicalClassifiers(MeasureTable.measure(catalog, null, threads, progress));
  }

  /**
   * The measures that they use.
   *
   * @return the measures of all images; indices of images are its rows, in the catalogue's order
   */
  public MeasureTable table() {
    return table;
  }

  /**
   * The classifiers.
   *
   * @return the names of the measures, then {@link #JOINT}
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    table.measures().forEach(m -> names.add(m.toString()));
    names.add(JOINT);
    return names;
  }

  /**
   * Fits a classifier.
   *
   * @param name one of {@link #names}
   * @param train the images to learn from, as indices into the table's entries, at least one
   * @return the fitted classifier
   * @throws IllegalArgumentException if there is no such classifier or nothing to learn from
   */
  public Fitted fit(String name, List<Integer> train) {
    if (train.isEmpty()) {
      throw new IllegalArgumentException(
          "classical: classifier=" + name + " training images=0; at least 1 is needed");
    }
    int at = names().indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "classical: classifier=" + name + "; it must be one of " + String.join(", ", names()));
    }
    double[] medians = medians(train);
    List<CoreType> labels = train.stream().map(table::label).toList();
    if (name.equals(JOINT)) {
      double[][] rows = train.stream().map(i -> features(i, medians)).toArray(double[][]::new);
      return new Joint(LogisticRegression.fit(rows, labels), medians);
    }
    double[] values = train.stream().mapToDouble(i -> value(i, at, medians)).toArray();
    return new Single(at, TwoThresholds.fit(values, labels), medians);
  }

  /**
   * Fits a classifier and predicts with it.
   *
   * @param name one of {@link #names}
   * @param train the images to learn from
   * @param test the images to predict
   * @return their classes, in the order of {@code test}
   */
  public List<CoreType> predict(String name, List<Integer> train, List<Integer> test) {
    Fitted fitted = fit(name, train);
    return test.stream().map(fitted::predict).toList();
  }

  private double[] medians(List<Integer> train) {
    double[] medians = new double[table.measures().size()];
    for (int m = 0; m < medians.length; m++) {
      int column = m;
      double[] known =
          train.stream()
              .mapToDouble(i -> table.values()[i][column])
              .filter(v -> !Double.isNaN(v))
              .sorted()
              .toArray();
      medians[m] = known.length == 0 ? 0 : known[known.length / 2];
    }
    return medians;
  }

  private double value(int image, int measure, double[] medians) {
    double value = table.values()[image][measure];
    return Double.isNaN(value) ? medians[measure] : value;
  }

  private double[] features(int image, double[] medians) {
    double[] features = new double[medians.length];
    Arrays.setAll(features, m -> table.measures().get(m).feature(value(image, m, medians)));
    return features;
  }

  private final class Single implements Fitted {
    private final int measure;
    private final TwoThresholds thresholds;
    private final double[] medians;

    Single(int measure, TwoThresholds thresholds, double[] medians) {
      this.measure = measure;
      this.thresholds = thresholds;
      this.medians = medians;
    }

    @Override
    public CoreType predict(int image) {
      return thresholds.predict(value(image, measure, medians));
    }

    @Override
    public Optional<double[]> probabilities(int image) {
      return Optional.empty();
    }

    @Override
    public String describe() {
      return thresholds.toString();
    }
  }

  private final class Joint implements Fitted {
    private final LogisticRegression regression;
    private final double[] medians;

    Joint(LogisticRegression regression, double[] medians) {
      this.regression = regression;
      this.medians = medians;
    }

    @Override
    public CoreType predict(int image) {
      double[] p = regression.probabilities(features(image, medians));
      int best = 0;
      for (int c = 1; c < p.length; c++) {
        best = p[c] > p[best] ? c : best;
      }
      return CoreType.ofIndex(best);
    }

    @Override
    public Optional<double[]> probabilities(int image) {
      return Optional.of(regression.probabilities(features(image, medians)));
    }

    @Override
    public String describe() {
      return "logistic regression over " + Measure.names(table.measures());
    }
  }
}
