package org.clusternet.engine.cpu.norm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.clusternet.engine.cpu.ChannelRows;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * Batch normalisation as two passes through memory, one that sums and one that writes, with
 * residual and ReLU in them: the op does nothing but wait for memory, and a pass for the mask alone
 * costs as much as one of these.
 *
 * <p>Of BF16 there is half as much to wait for and as much to compute; oneDNN is the faster there.
 *
 * <p>The pixels are cut into stretches, the unit of work of a thread, and these into chunks that
 * stay in the cache. Sums run in F32 over a chunk, about a centre that is the mean so far, and in
 * F64 from there on, always in the same order: the result does not depend on the number of threads.
 */
public final class BatchNormRows {
  private static final int STRETCH = 1 << 17;
  private static final int CHUNK = 1 << 13;

  private final Cpu cpu;
  private final ChannelRows rows;
  private final int channels;
  private final long elements;
  private final int stretch;
  private final int chunk;

  private BatchNormRows(Cpu cpu, ChannelRows rows, Tensor x) {
    this.cpu = cpu;
    this.rows = rows;
    this.channels = x.dim(1);
    this.elements = x.elements();
    this.chunk = Math.max(1, CHUNK / channels) * channels;
    this.stretch = Math.max(1, STRETCH / chunk) * chunk;
  }

  /** The loops for a tensor, or nothing where it or the JVM does not fit them. */
  public static Optional<BatchNormRows> fit(Tensor x, Cpu cpu) {
    return cpu.simd()
        .channelRows()
        .filter(rows -> x.dtype() == DType.F32 && x.dim(1) % rows.multiple() == 0)
        .map(rows -> new BatchNormRows(cpu, rows, x));
  }

  /** Some whole pixels: elements [from, from + count). */
  private record Part(long from, int count) {

    MemorySegment of(Tensor tensor) {
      return tensor.memory().asSlice(from * Float.BYTES, (long) count * Float.BYTES);
    }
  }

  /** What to do with a part of a stretch. */
  @FunctionalInterface
  private interface Work {
    void run(int stretch, Part part);
  }

  private void each(Work work) {
    cpu.workers()
        .run(
            stretches(),
            1,
            (first, last) -> {
              for (int s = (int) first; s < last; s++) {
                long end = Math.min(elements, (s + 1L) * stretch);
                for (long from = (long) s * stretch; from < end; from += chunk) {
                  work.run(s, new Part(from, (int) Math.min(chunk, end - from)));
                }
              }
            });
  }

  private int stretches() {
    return Math.toIntExact((elements + stretch - 1) / stretch);
  }

  /** Training: writes y, mean and biased variance. */
  public void forward(Tensor[] in, Tensor[] out, double eps, boolean relu) {
    Moments[] parts = new Moments[stretches()];
    Arrays.setAll(parts, s -> new Moments(channels));
    each((s, part) -> parts[s].add(rows, part.of(in[0])));
    for (int s = 1; s < parts.length; s++) {
      parts[0].add(parts[s]);
    }
    float[] mean = parts[0].mean();
    float[] variance = parts[0].variance();
    write(in, out[0], mean, variance, eps, relu);
    store(mean, out[1]);
    store(variance, out[2]);
  }

  /** Inference: writes y. */
  public void inference(Tensor[] in, Tensor y, double eps, boolean relu) {
    write(in, y, floats(in[3]), floats(in[4]), eps, relu);
  }

  private void write(
      Tensor[] in, Tensor out, float[] mean, float[] variance, double eps, boolean relu) {
    float[] scale = new float[channels];
    float[] gamma = floats(in[1]);
    float[] beta = floats(in[2]);
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (gamma[c] / Math.sqrt(variance[c] + eps));
    }
    float least = relu ? 0 : Float.NEGATIVE_INFINITY;
    if (in.length > 5) {
      each(
          (s, part) ->
              rows.normaliseAndAdd(
                  part.of(in[0]), part.of(in[5]), part.of(out), mean, scale, beta, least));
    } else {
      each((s, part) -> rows.normalise(part.of(in[0]), part.of(out), mean, scale, beta, least));
    }
  }

  /** Writes the gradients of x, gamma and beta, and that of the residual if there is one. */
  public void backward(Tensor[] in, Tensor[] out, double eps, boolean residual) {
    float[] mean = floats(in[2]);
    BatchNormSlopes[] parts = new BatchNormSlopes[stretches()];
    Arrays.setAll(parts, s -> new BatchNormSlopes(channels));
    boolean relu = in.length > 5;
    Tensor masked = residual ? out[3] : out[0];
    Tensor upstream = relu ? masked : in[4];
    each(
        (s, part) -> {
          if (relu) {
            rows.mask(part.of(in[4]), part.of(in[5]), part.of(masked));
          }
          parts[s].add(rows, part.of(in[0]), part.of(upstream), mean);
        });
    BatchNormSlopes slopes = parts[0];
    for (int s = 1; s < parts.length; s++) {
      slopes.add(parts[s]);
    }
    slopes.finish(floats(in[1]), floats(in[3]), eps, (double) elements / channels);
    each((s, part) -> slopes.write(rows, part.of(in[0]), part.of(upstream), part.of(out[0]), mean));
    store(slopes.gamma(), out[1]);
    store(slopes.beta(), out[2]);
  }

  private static float[] floats(Tensor tensor) {
    return tensor.memory().toArray(JAVA_FLOAT);
  }

  private static void store(float[] values, Tensor tensor) {
    tensor.memory().copyFrom(MemorySegment.ofArray(values));
  }
}
