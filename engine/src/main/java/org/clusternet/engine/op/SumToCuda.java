package org.clusternet.engine.op;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.cuda.launch.DeviceSums;
import org.clusternet.engine.cuda.launch.Stretching;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.SumToLaunch;

/**
 * Dimensions that are summed and lie side by side in memory are one; each such run is one launch or
 * two over what the one before left in F64, so that the result is rounded once. What lies in
 * another order than the result is put in order by a last launch.
 */
final class SumToCuda {
  private SumToCuda() {}

  /** A run of dimensions in memory. */
  private record Run(long extent, boolean summed) {}

  static void run(SumTo op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    Shape x = in[0].shape();
    Shape y = op.shape();
    List<Run> runs = runs(x, y);
    List<Integer> kept = kept(x, y, x.memoryOrder());
    List<Integer> wanted =
        kept(x, y, IntStream.of(y.memoryOrder()).map(d -> d + x.rank() - y.rank()).toArray());
    try (Scope scratch = cuda.scratch()) {
      DeviceSums.Array target = DeviceSums.Array.of(out[0]);
      if (kept.equals(wanted) && runs.stream().anyMatch(Run::summed)) {
        sum(DeviceSums.Array.of(in[0]), target, runs, scratch, cuda);
        return;
      }
      DeviceSums.Array sums = DeviceSums.Array.of(in[0]);
      if (runs.stream().anyMatch(Run::summed)) {
        sums = partial(scratch, out[0].elements());
        sum(DeviceSums.Array.of(in[0]), sums, runs, scratch, cuda);
      }
      stretch(sums, target, ordered(x, kept, wanted), cuda);
    }
  }

  /** Dimensions of x of more than one index that y has too, in the order given. */
  private static List<Integer> kept(Shape x, Shape y, int[] order) {
    return IntStream.of(order).filter(d -> x.dim(d) > 1 && !summed(x, y, d)).boxed().toList();
  }

  private static boolean summed(Shape x, Shape y, int d) {
    int own = d - (x.rank() - y.rank());
    return x.dim(d) > 1 && (own < 0 || y.dim(own) == 1);
  }

  private static List<Run> runs(Shape x, Shape y) {
    List<Run> runs = new ArrayList<>();
    for (int d : x.memoryOrder()) {
      if (x.dim(d) == 1) {
        continue;
      }
      Run run = new Run(x.dim(d), summed(x, y, d));
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).summed == run.summed) {
        runs.set(last, new Run(runs.get(last).extent * run.extent, run.summed));
      } else {
        runs.add(run);
      }
    }
    return runs;
  }

  /** Sums the longest run first, which leaves the least to the next. */
  private static void sum(
      DeviceSums.Array x, DeviceSums.Array y, List<Run> runs, Scope scratch, Cuda cuda) {
    List<Run> left = new ArrayList<>(runs);
    DeviceSums.Array from = x;
    for (long count = runs.stream().filter(Run::summed).count(); count > 0; count--) {
      Run longest =
          left.stream().filter(Run::summed).max(Comparator.comparingLong(Run::extent)).get();
      int at = left.indexOf(longest);
      long outer = elements(left.subList(0, at));
      long channels = elements(left.subList(at + 1, left.size()));
      DeviceSums.Array to = count == 1 ? y : partial(scratch, outer * channels);
      new DeviceSums(cuda, 1).start(from, to, outer, longest.extent, channels);
      left.remove(at);
      from = to;
    }
  }

  private static long elements(List<Run> runs) {
    return runs.stream().mapToLong(Run::extent).reduce(1, Math::multiplyExact);
  }

  private static DeviceSums.Array partial(Scope scratch, long count) {
    return DeviceSums.Array.of(scratch.allocate(TensorType.of(DType.F64, Math.toIntExact(count))));
  }

  /** A dense tensor of the dimensions {@code kept}, read in the order {@code wanted}. */
  private static List<Stretching.Part> ordered(Shape x, List<Integer> kept, List<Integer> wanted) {
    long[] strides = new long[x.rank()];
    long step = 1;
    for (int k = kept.size() - 1; k >= 0; k--) {
      strides[kept.get(k)] = step;
      step *= x.dim(kept.get(k));
    }
    return Stretching.of(
        wanted.stream().map(d -> (long) x.dim(d)).toList(),
        wanted.stream().map(d -> strides[d]).toList());
  }

  static void broadcast(SumTo.BroadcastTo op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    stretch(
        DeviceSums.Array.of(in[0]),
        DeviceSums.Array.of(out[0]),
        Stretching.of(op.shape(), in[0].shape()),
        cuda);
  }

  private static void stretch(
      DeviceSums.Array x, DeviceSums.Array y, List<Stretching.Part> parts, Cuda cuda) {
    for (Stretching.Part part : parts) {
      long from = x.address() + part.operands()[0] * x.element().bytes();
      long to = y.address() + part.at() * y.element().bytes();
      boolean same = x.element() == y.element() && x.element() != Element.F64;
      int lanes = same ? part.layout().lanes(x.element().lanes(0, from, to)) : 1;
      cuda.launch(
          new SumToLaunch.Stretch(
              x.element(),
              y.element(),
              lanes,
              from,
              to,
              part.layout(),
              cuda.gridFor(part.layout().elements() / lanes),
              cuda.block()));
    }
  }
}
