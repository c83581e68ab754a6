package org.clusternet.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

class ClassicalClassifiersTest {
  private static final int IMAGES = 60;

  /** Noisy values; {@code swapped} images have another label than the one they were drawn for. */
  private static MeasureTable table(List<Integer> swapped) {
    CounterRandom random = new CounterRandom(2, "table");
    List<CatalogEntry> entries = new ArrayList<>();
    double[][] values = new double[IMAGES][];
    for (int i = 0; i < IMAGES; i++) {
      int type = i % 3;
      int label = swapped.contains(i) ? (type + 1) % 3 : type;
      String id = "c%02d".formatted(i);
      entries.add(new CatalogEntry(id, "x", id, OptionalDouble.empty(), CoreType.ofIndex(label)));
      values[i] =
          new double[] {
            0.2 - 0.08 * type + 0.02 * random.nextGaussian(),
            i % 10 == 0 ? Double.NaN : 1 - 0.3 * type + 0.1 * random.nextGaussian()
          };
    }
    return new MeasureTable(entries, List.of(Measure.C_PHYS, Measure.CUSPINESS), values, List.of());
  }

  @Test
  void everyImageIsPredictedWithoutItsOwnLabel() {
    // The clusters of fold 0 get other labels; what is said of them must stay the same.
    List<Integer> train = IntStream.range(20, IMAGES).boxed().toList();
    List<Integer> test = IntStream.range(0, 20).boxed().toList();
    ClassicalClassifiers plain = new ClassicalClassifiers(table(List.of()));
    ClassicalClassifiers lying = new ClassicalClassifiers(table(test));
    for (String name : plain.names()) {
      List<CoreType> predicted = plain.predict(name, train, test);
      assertEquals(predicted, lying.predict(name, train, test), name);
      long right = test.stream().filter(i -> predicted.get(i) == plain.table().label(i)).count();
      assertTrue(right >= 14, name + " right=" + right);
    }
  }

  @Test
  void foldsAreThoseOfTraining() {
    MeasureTable table = table(List.of());
    Folds folds = Folds.stratified(table.entries(), 5, 11);
    ClassicalClassifiers classifiers = new ClassicalClassifiers(table);
    CrossValidation run = CrossValidation.run(classifiers, "c_phys", folds);
    for (int fold = 0; fold < 5; fold++) {
      Folds.Split split = folds.split(fold);
      List<CoreType> expected = classifiers.predict("c_phys", split.train(), split.test());
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i), run.predictions().get(split.test().get(i)));
      }
    }
    assertEquals(5, run.models().size());
    assertEquals(IMAGES, run.confusion().total());
    assertTrue(run.probabilities().isEmpty());
    double[] p =
        CrossValidation.run(classifiers, "logistic", folds).probabilities().orElseThrow().get(0);
    assertEquals(1, p[0] + p[1] + p[2], 1e-12);
  }

  @Test
  void invalidArgumentsAreNamedInTheMessage() {
    ClassicalClassifiers classifiers = new ClassicalClassifiers(table(List.of()));
    assertEquals(List.of("c_phys", "cuspiness", "logistic"), classifiers.names());
    String message =
        assertThrows(IllegalArgumentException.class, () -> classifiers.fit("c_scaled", List.of(1)))
            .getMessage();
    assertTrue(
        message.contains("classifier=c_scaled") && message.contains("c_phys, cuspiness, logistic"),
        message);
    message =
        assertThrows(IllegalArgumentException.class, () -> classifiers.fit("c_phys", List.of()))
            .getMessage();
    assertTrue(message.contains("training images=0"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Measure.parse("cphys")).getMessage();
    assertTrue(message.contains("measure=cphys") && message.contains("c_phys"), message);
  }
}
