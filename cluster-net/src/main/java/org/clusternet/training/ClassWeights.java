package org.clusternet.training;

import java.util.Arrays;
import java.util.List;
import org.clusternet.data.CoreType;

/**
 * Numbers of training samples per class, and the weights of the cross entropies that follow from
 * them.
 *
 * @param counts numbers of CC, WCC and NCC samples
 */
public record ClassWeights(List<Integer> counts) {

  /** Copies the counts. */
  public ClassWeights {
    counts = List.copyOf(counts);
  }

  /** Counts labels. */
  public static ClassWeights of(List<CoreType> labels) {
    int[] counts = new int[CoreType.values().length];
    labels.forEach(label -> counts[label.index()]++);
    return new ClassWeights(Arrays.stream(counts).boxed().toList());
  }

  /**
   * The weights {@code 1 / sqrt(count)} of Eq. 13; 0 for a class that does not occur, whose weight
   * no sample uses.
   */
  public double[] weights() {
    return counts.stream().mapToDouble(n -> n == 0 ? 0 : 1 / Math.sqrt(n)).toArray();
  }

  /** The most frequent class; of equally frequent ones the one with the shorter cooling time. */
  public CoreType majority() {
    CoreType most = CoreType.CC;
    for (CoreType type : CoreType.values()) {
      if (counts.get(type.index()) > counts.get(most.index())) {
        most = type;
      }
    }
    return most;
  }

  /** The classes that do not occur, which a network trained on these samples cannot learn. */
  public List<CoreType> absent() {
    return Arrays.stream(CoreType.values()).filter(t -> counts.get(t.index()) == 0).toList();
  }

  /** For instance {@code CC 10, WCC 59, NCC 31}. */
  @Override
  public String toString() {
    return "CC %d, WCC %d, NCC %d".formatted(counts.get(0), counts.get(1), counts.get(2));
  }
}
