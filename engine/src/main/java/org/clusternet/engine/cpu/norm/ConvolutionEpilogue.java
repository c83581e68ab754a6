package org.clusternet.engine.cpu.norm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.clusternet.engine.cpu.ChannelRows;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What follows a convolution, in place over F32 pixels: a shift per channel, a residual and a ReLU
 * that keeps NaN. It is the normalisation of {@link ChannelRows} with mean 0 and scale 1.
 */
public final class ConvolutionEpilogue {
  private static final int FEWEST_ELEMENTS = 1 << 14;

  private final Cpu cpu;
  private final ChannelRows rows;
  private final Tensor y;
  private final @Nullable Tensor residual;
  private final boolean relu;
  private final float[] zeros;
  private final float[] ones;
  private final float[] shift;

  private ConvolutionEpilogue(
      Cpu cpu, ChannelRows rows, Tensor y, @Nullable Tensor residual, boolean relu, float[] shift) {
    this.cpu = cpu;
    this.rows = rows;
    this.y = y;
    this.residual = residual;
    this.relu = relu;
    this.shift = shift;
    this.zeros = new float[shift.length];
    this.ones = new float[shift.length];
    Arrays.fill(ones, 1);
  }

  /** The loops for a tensor without a shift, or nothing where it or the JVM does not fit them. */
  public static Optional<ConvolutionEpilogue> fit(
      Tensor y, @Nullable Tensor residual, boolean relu, Cpu cpu) {
    int channels = y.dim(1);
    return cpu.simd()
        .channelRows()
        .filter(rows -> y.dtype() == DType.F32 && channels % rows.multiple() == 0)
        .map(rows -> new ConvolutionEpilogue(cpu, rows, y, residual, relu, new float[channels]));
  }

  /** The same with a shift. */
  public ConvolutionEpilogue adding(Tensor bias) {
    return new ConvolutionEpilogue(cpu, rows, y, residual, relu, bias.memory().toArray(JAVA_FLOAT));
  }

  /** All pixels, on all threads; nothing if neither residual nor ReLU is there. */
  public void all() {
    if (residual != null || relu) {
      int channels = y.dim(1);
      cpu.workers()
          .run(
              y.elements() / channels,
              Math.max(1, FEWEST_ELEMENTS / channels),
              (from, to) -> pixels(from, to - from));
    }
  }

  /** Some pixels, counted through all images, on this thread. */
  public void pixels(long from, long count) {
    float least = relu ? 0 : Float.NEGATIVE_INFINITY;
    MemorySegment part = part(y, from, count);
    if (residual == null) {
      rows.normalise(part, part, zeros, ones, shift, least);
    } else {
      rows.normaliseAndAdd(part, part(residual, from, count), part, zeros, ones, shift, least);
    }
  }

  private static MemorySegment part(Tensor tensor, long from, long count) {
    long pixel = (long) tensor.dim(1) * Float.BYTES;
    return tensor.memory().asSlice(from * pixel, count * pixel);
  }
}
