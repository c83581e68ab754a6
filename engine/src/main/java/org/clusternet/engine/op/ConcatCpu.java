package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.Tensor;

/**
 * Copies of blocks. In memory, one index of the dimensions outside the axis and a range of the axis
 * is one contiguous block, in any element type; between the blocks of one tensor lies its own
 * extent along the axis.
 */
final class ConcatCpu {
  private static final long GRAIN_BYTES = 1 << 17;

  private ConcatCpu() {}

  static void run(Concat op, Tensor[] in, Tensor[] out, Cpu cpu) {
    int at = 0;
    for (Tensor part : in) {
      copy(op.axis(), part, 0, out[0], at, part.dim(op.axis()), cpu);
      at += part.dim(op.axis());
    }
  }

  static void slice(Concat.Slice op, Tensor[] in, Tensor[] out, Cpu cpu) {
    copy(op.axis(), in[0], op.from(), out[0], 0, op.to() - op.from(), cpu);
  }

  static void pad(Concat.Pad op, Tensor[] in, Tensor[] out, Cpu cpu) {
    out[0].memory().fill((byte) 0);
    copy(op.axis(), in[0], 0, out[0], op.before(), in[0].dim(op.axis()), cpu);
  }

  /** Copies {@code count} indices of the axis from one tensor to another. */
  private static void copy(
      int axis, Tensor source, int from, Tensor target, int to, int count, Cpu cpu) {
    long index = source.shape().stride(axis) * source.dtype().bytes();
    long sourceStep = source.dim(axis) * index;
    long targetStep = target.dim(axis) * index;
    long bytes = count * index;
    MemorySegment a = source.memory();
    MemorySegment b = target.memory();
    cpu.workers()
        .run(
            source.type().bytes() / sourceStep,
            Math.max(1, GRAIN_BYTES / bytes),
            (first, last) -> {
              for (long i = first; i < last; i++) {
                MemorySegment.copy(
                    a, i * sourceStep + from * index, b, i * targetStep + to * index, bytes);
              }
            });
  }
}
