package org.clusternet.engine.cpu.winograd;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Matrices;
import org.clusternet.engine.cpu.onednn.MatrixProduct;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.cpu.onednn.Spec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * Work divided evenly among the threads: that on tiles by tiles, products by planes. So an operand
 * that is larger than a thread's cache, as the weights of deep layers are, is read by one thread
 * only. More threads than planes can keep busy divide the rows of a plane, too.
 */
final class WinogradShares {
  /** Threads that share the 16 or 36 planes about evenly. */
  private static final int MOST_PLANE_LANES = 8;

  private static final int FEWEST_ROWS = 16;

  private final Cpu cpu;

  WinogradShares(Cpu cpu) {
    this.cpu = cpu;
  }

  /** All planes of an operand. */
  record Operand(Tensor memory, Matrices matrices) {
    private MemorySegment from(int plane, int row) {
      long element = (long) plane * matrices.stride() + matrices.toRow(row);
      return memory.memory().asSlice(element * Float.BYTES);
    }
  }

  /** What is done with a share. */
  @FunctionalInterface
  interface Share {
    /** Works on the part from {@code first} to before {@code end}. */
    void run(int lane, int first, int end);
  }

  /** Threads, a lane each. */
  int lanes() {
    return cpu.workers().threads();
  }

  /** Divides {@code count} tiles or planes evenly among the threads. */
  void run(int count, Share share) {
    int lanes = lanes();
    each(lanes, lane -> share.run(lane, start(count, lane, lanes), start(count, lane + 1, lanes)));
  }

  /** Multiplies {@code c = a b} plane by plane, or adds the product to c. */
  void multiply(Operand a, Operand b, Operand c, boolean add) {
    cpu.oneDnn().stayOnThread();
    int planes = c.matrices().count();
    int rows = c.matrices().rows();
    int wanted = (lanes() + MOST_PLANE_LANES - 1) / MOST_PLANE_LANES;
    int rowLanes = Math.clamp(rows / FEWEST_ROWS, 1, wanted);
    int planeLanes = Math.min(planes, lanes() / rowLanes);
    Primitive[] products = new Primitive[planeLanes * rowLanes];
    try (Scope scratch = cpu.scratch()) {
      for (int lane = 0; lane < products.length; lane++) {
        int plane = start(planes, lane / rowLanes, planeLanes);
        int planeShare = start(planes, lane / rowLanes + 1, planeLanes) - plane;
        int row = start(rows, lane % rowLanes, rowLanes);
        int rowShare = start(rows, lane % rowLanes + 1, rowLanes) - row;
        products[lane] =
            cpu.oneDnn()
                .primitive(
                    product(
                        a.matrices().some(planeShare, rowShare),
                        b.matrices().some(planeShare, b.matrices().rows()),
                        c.matrices().some(planeShare, rowShare),
                        add,
                        lane))
                .with(Arg.SRC, a.from(plane, row))
                .with(Arg.WEIGHTS, b.from(plane, 0))
                .with(Arg.DST, c.from(plane, row))
                .lend(scratch);
      }
      each(products.length, lane -> products[lane].execute());
    }
  }

  private static Spec product(Matrices a, Matrices b, Matrices c, boolean add, int lane) {
    return add ? MatrixProduct.batchSum(a, b, c, lane) : MatrixProduct.batch(a, b, c, lane);
  }

  private void each(int lanes, IntConsumer work) {
    cpu.workers()
        .run(
            lanes,
            1,
            (from, to) -> {
              cpu.oneDnn().stayOnThread();
              for (int lane = (int) from; lane < to; lane++) {
                work.accept(lane);
              }
            });
  }

  /** Where one of several shares begins. */
  static int start(int count, int share, int shares) {
    return (int) ((long) count * share / shares);
  }
}
