package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No sample is lost, none comes twice, none is alone. */
class BatchesTest {

  @ParameterizedTest
  @CsvSource({"12,4,4 4 4", "13,4,4 4 5", "14,4,4 4 4 2", "3,4,3", "5,4,5", "1,4,1", "7,2,2 2 3"})
  void batchesHaveTheExpectedSizes(int samples, int size, String expected) {
    List<int[]> batches = Batches.inOrder(range(samples), size);
    assertEquals(expected, String.join(" ", batches.stream().map(b -> "" + b.length).toList()));
    assertArrayEquals(IntStream.range(0, samples).toArray(), joined(batches));
    assertTrue(batches.stream().allMatch(b -> b.length <= Batches.largest(size)));
  }

  @Test
  void everyEpochHasAllSamplesInAnOrderOfItsOwn() {
    int[] first = joined(Batches.shuffled(range(50), 8, 7, 1));
    int[] second = joined(Batches.shuffled(range(50), 8, 7, 2));
    assertNotEquals(Arrays.toString(first), Arrays.toString(second));
    assertArrayEquals(IntStream.range(0, 50).toArray(), sorted(first));
    assertArrayEquals(IntStream.range(0, 50).toArray(), sorted(second));
  }

  @Test
  void theOrderDependsOnSeedAndEpochOnly() {
    int[] order = joined(Batches.shuffled(range(50), 8, 7, 3));
    assertArrayEquals(order, joined(Batches.shuffled(range(50), 8, 7, 3)));
    assertArrayEquals(order, joined(Batches.shuffled(range(50), 5, 7, 3)));
    assertNotEquals(
        Arrays.toString(order), Arrays.toString(joined(Batches.shuffled(range(50), 8, 8, 3))));
  }

  private static List<Integer> range(int samples) {
    return IntStream.range(0, samples).boxed().toList();
  }

  private static int[] joined(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).toArray();
  }

  private static int[] sorted(int[] samples) {
    return Arrays.stream(samples).sorted().toArray();
  }
}
