package org.clusternet.bench.parity;

import java.util.Arrays;
import java.util.List;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;

/**
 * Numbers in row-major order.
 *
 * @param shape extents
 * @param numbers one number per element
 */
record Values(long[] shape, double[] numbers) {

  /** These numbers as an array of a file. */
  StoredTensor stored(String key, StoredType type) {
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    return StoredTensor.of(key, type, extents, numbers);
  }

  /** At most {@code count} of the numbers, evenly spaced. */
  Values sample(int count) {
    int n = Math.min(count, numbers.length);
    double[] some = new double[n];
    for (int i = 0; i < n; i++) {
      some[i] = numbers[(int) ((long) i * numbers.length / n)];
    }
    return new Values(new long[] {n}, some);
  }
}
