package org.clusternet.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.random.CounterRandom;

/**
 * Divides samples into batches. Every sample is in exactly one batch. The last batch may be
 * smaller, except that a single remaining sample joins the batch before it: batch normalisation has
 * no statistics for a batch of one.
 */
final class Batches {

  private Batches() {}

  /** Batches of the samples in an order that depends on the seed and the epoch only. */
  static List<int[]> shuffled(List<Integer> samples, int size, long seed, int epoch) {
    int[] order = samples.stream().mapToInt(Integer::intValue).toArray();
    new CounterRandom(seed, "batches", epoch).shuffle(order);
    return split(order, size);
  }

  /** Batches of the samples in their own order. */
  static List<int[]> inOrder(List<Integer> samples, int size) {
    return split(samples.stream().mapToInt(Integer::intValue).toArray(), size);
  }

  /** The size of the largest batch for a batch size. */
  static int largest(int size) {
    return size + 1;
  }

  private static List<int[]> split(int[] order, int size) {
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int left = order.length - from;
      int take = left == size + 1 ? left : Math.min(size, left);
      batches.add(Arrays.copyOfRange(order, from, from + take));
      from += take;
    }
    return batches;
  }
}
