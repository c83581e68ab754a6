package org.clusternet.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.clusternet.data.DataException;
import org.clusternet.text.Json;
import org.junit.jupiter.api.Test;

class DensityFitTest {

  /** Features whose square roots are correlated normal numbers around 5. */
  private static List<double[]> features(int images, int count, long seed) {
    Random random = new Random(seed);
    List<double[]> features = new ArrayList<>();
    for (int n = 0; n < images; n++) {
      double common = random.nextGaussian();
      double[] roots = new double[count];
      for (int i = 0; i < count; i++) {
        double slope = i % 3 == 0 ? 0.8 : -0.3;
        roots[i] = 5 + 0.1 * (1 + i % 5) * (slope * common + 0.6 * random.nextGaussian());
      }
      features.add(Arrays.stream(roots).map(r -> r * r).toArray());
    }
    return features;
  }

  private static RealMatrix roots(List<double[]> features) {
    return new Array2DRowRealMatrix(
        features.stream()
            .map(f -> Arrays.stream(f).map(Math::sqrt).toArray())
            .toArray(double[][]::new));
  }

  private static double[] standardised(RealMatrix roots, double[] features) {
    double[] z = new double[features.length];
    for (int i = 0; i < z.length; i++) {
      SummaryStatistics column = new SummaryStatistics();
      Arrays.stream(roots.getColumn(i)).forEach(column::addValue);
      z[i] =
          (Math.sqrt(features[i]) - column.getMean()) / Math.sqrt(column.getPopulationVariance());
    }
    return z;
  }

  /** With few features all axes are kept, so that nothing is approximated. */
  @Test
  void theDistanceIsThatOfTheCorrelationMatrixPlusOne() {
    List<double[]> training = features(200, 9, 1);
    FeatureDensity density = DensityFit.fit(training, features(50, 9, 2)).orElseThrow();
    RealMatrix roots = roots(training);
    RealMatrix shrunk =
        new PearsonsCorrelation(roots)
            .getCorrelationMatrix()
            .add(MatrixUtils.createRealIdentityMatrix(9));
    for (double[] image : features(20, 9, 3)) {
      RealVector z = new ArrayRealVector(standardised(roots, image));
      double expected = Math.sqrt(z.dotProduct(new LUDecomposition(shrunk).getSolver().solve(z)));
      assertEquals(expected, density.distance(image), 1e-4 * expected);
    }
  }

  /** Of more features than images: the axes and the mean of the other eigenvalues. */
  @Test
  void theLargestEigenvaluesAreKept() {
    List<double[]> training = features(60, 100, 1);
    FeatureDensity density = DensityFit.fit(training, features(30, 100, 2)).orElseThrow();
    double[] eigenvalues =
        new EigenDecomposition(new PearsonsCorrelation(roots(training)).getCorrelationMatrix())
            .getRealEigenvalues();
    assertEquals(16, density.variances().length());
    double kept = 0;
    for (int k = 0; k < 16; k++) {
      kept += density.variances().get(k);
      assertEquals(eigenvalues[k], density.variances().get(k), 0.02 * eigenvalues[k], "no. " + k);
    }
    assertEquals((100 - kept) / 84, density.rest(), 1e-4);
  }

  /** Student's t for 29 degrees of freedom: 2.462 and 3.396 (any table). */
  @Test
  void thresholdsAreBoundsOfOneFurtherImage() {
    List<double[]> validation = features(30, 9, 2);
    FeatureDensity density = DensityFit.fit(features(200, 9, 1), validation).orElseThrow();
    SummaryStatistics logs = new SummaryStatistics();
    validation.forEach(image -> logs.addValue(Math.log(density.distance(image))));
    double spread = logs.getStandardDeviation() * Math.sqrt(1 + 1 / 30.0);
    FeatureDensity.Thresholds thresholds = density.thresholds();
    assertEquals(30, thresholds.images());
    assertEquals(logs.getMean() + 2.462 * spread, Math.log(thresholds.unlike()), 1e-3);
    assertEquals(logs.getMean() + 3.396 * spread, Math.log(thresholds.otherKind()), 1e-3);
  }

  /** A thousand further images of the same kind: 10 and 1 are expected beyond the thresholds. */
  @Test
  void falseAlarmsAreAsRareAsPromised() {
    FeatureDensity density =
        DensityFit.fit(features(500, 40, 1), features(200, 40, 2)).orElseThrow();
    List<double[]> further = features(1000, 40, 3);
    long unlike = count(density, further, density.thresholds().unlike());
    long other = count(density, further, density.thresholds().otherKind());
    assertTrue(unlike >= 1 && unlike <= 25, "unlike=" + unlike);
    assertTrue(other <= 6, "another kind=" + other);
  }

  private static long count(FeatureDensity density, List<double[]> images, double threshold) {
    return images.stream().filter(image -> density.distance(image) > threshold).count();
  }

  @Test
  void aDensityThatIsReadGivesTheSameDistances() {
    FeatureDensity density =
        DensityFit.fit(features(80, 512, 1), features(30, 512, 2)).orElseThrow();
    String text = Json.write(density);
    assertTrue(text.length() < 100_000, "length=" + text.length());
    FeatureDensity read = Json.read(text, FeatureDensity.class, "test");
    assertEquals(density, read);
    for (double[] image : features(5, 512, 3)) {
      assertEquals(density.distance(image), read.distance(image), 0);
    }
  }

  @Test
  void damagedTextIsAnErrorThatNamesThePlace() {
    FeatureDensity density = DensityFit.fit(features(40, 4, 1), features(30, 4, 2)).orElseThrow();
    String text = Json.write(density);
    String center = density.center().text();
    for (String wrong : List.of("#", "AAA=", "AACAfw==", center.substring(8))) {
      DataException error =
          assertThrows(
              DataException.class,
              () -> Json.read(text.replace(center, wrong), FeatureDensity.class, "model"));
      assertTrue(error.getMessage().startsWith("model: at "), error.getMessage());
    }
  }

  @Test
  void aHandfulOfImagesGivesNoDensity() {
    assertEquals(Optional.empty(), DensityFit.fit(features(29, 9, 1), features(50, 9, 2)));
    assertEquals(Optional.empty(), DensityFit.fit(features(50, 9, 1), features(29, 9, 2)));
    List<double[]> same = features(1, 9, 1);
    List<double[]> dead = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      dead.addAll(same);
    }
    assertEquals(Optional.empty(), DensityFit.fit(dead, dead));
  }

  /**
   * A feature that no training image has makes an image that has it strange, but not infinitely.
   */
  @Test
  void aFeatureThatWasNeverSeenCounts() {
    List<double[]> training = features(100, 9, 1);
    List<double[]> validation = features(40, 9, 2);
    training.forEach(image -> image[4] = 0);
    validation.forEach(image -> image[4] = 0);
    FeatureDensity density = DensityFit.fit(training, validation).orElseThrow();
    double[] image = validation.get(0).clone();
    double before = density.distance(image);
    image[4] = 4;
    assertTrue(density.distance(image) > 5 + before);
    assertEquals(
        Double.POSITIVE_INFINITY,
        density.distance(new double[] {Double.NaN, 0, 0, 0, 0, 0, 0, 0, 0}));
  }
}
