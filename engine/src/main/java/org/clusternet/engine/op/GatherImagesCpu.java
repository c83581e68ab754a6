package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Plain loops, parallel over images: a copy. */
final class GatherImagesCpu {
  private GatherImagesCpu() {}

  static void run(GatherImages op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View store = View.of(in[0]);
    View numbers = View.of(in[1]);
    View y = View.of(out[0]);
    int images = in[0].dim(0);
    long pixels = in[0].elements() / images;
    for (int n = 0; n < in[1].dim(0); n++) {
      require(op, n, (int) numbers.get(n), images);
    }
    cpu.workers()
        .run(
            in[1].dim(0),
            1,
            (from, to) -> {
              for (long n = from; n < to; n++) {
                int number = (int) numbers.get(n);
                long first = number * pixels;
                for (long i = 0; i < pixels * op.channels(); i++) {
                  y.set(n * pixels * op.channels() + i, store.get(first + i / op.channels()));
                }
              }
            });
  }

  private static void require(GatherImages op, int at, int number, int images) {
    if (number < 0 || number >= images) {
      throw new IllegalArgumentException(
          "%s: number of image=%d has value=%d, images=%d; numbers count from 0 to images - 1"
              .formatted(op, at, number, images));
    }
  }
}
