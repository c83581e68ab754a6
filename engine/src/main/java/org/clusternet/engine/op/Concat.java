package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.TensorType;

/**
 * Two or more tensors of one element type joined along an axis; all other extents are equal. {@link
 * Slice} takes a part back out and {@link Pad} puts zeros around a part: each is made of the
 * gradients of the others, so that all three can be differentiated any number of times.
 *
 * @param axis the dimension along which the inputs follow each other, from 0
 */
public record Concat(int axis) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Concat",
          Concat::samples,
          entry(Concat.class, ConcatCpu::run, ConcatCuda::run),
          entry(Slice.class, ConcatCpu::slice, ConcatCuda::slice),
          entry(Pad.class, ConcatCpu::pad, ConcatCuda::pad));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 0, Integer.MAX_VALUE)
            .require(inputs.size() >= 2, "operands=" + inputs.size() + "; it takes 2 or more");
    TensorType first = operands.type(0);
    requireAxis(operands, axis);
    int extent = 0;
    for (int i = 0; i < operands.count(); i++) {
      TensorType other = operands.type(i);
      operands.dtype(i, first.dtype()).rank(i, first.rank());
      operands.shape(i, first.shape().with(axis, other.dim(axis)));
      extent = Math.addExact(extent, other.dim(axis));
    }
    return List.of(new TensorType(first.dtype(), first.shape().with(axis, extent)));
  }

  private static void requireAxis(Operands operands, int axis) {
    int rank = operands.type(0).rank();
    operands.require(
        axis >= 0 && axis < rank, "axis=" + axis + " of rank=" + rank + "; axes count from 0");
  }

  @Override
  public void gradient(Gradient g) {
    int from = 0;
    for (int i = 0; i < g.inputs(); i++) {
      int to = from + g.input(i).dim(axis);
      g.set(i, new Slice(axis, from, to), g.upstream());
      from = to;
    }
  }

  /**
   * The part of a tensor from index {@code from}, inclusive, to {@code to}, exclusive.
   *
   * @param axis the dimension that is cut, from 0
   * @param from first index kept
   * @param to index after the last kept
   */
  public record Slice(int axis, int from, int to) implements Differentiable {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands operands = Operands.of(this, inputs, 1);
      requireAxis(operands, axis);
      TensorType x = operands.type(0);
      operands.require(
          from >= 0 && from < to && to <= x.dim(axis),
          "from=" + from + ", to=" + to + " is no part of extent=" + x.dim(axis));
      return List.of(new TensorType(x.dtype(), x.shape().with(axis, to - from)));
    }

    @Override
    public void gradient(Gradient g) {
      g.set(0, new Pad(axis, from, g.input(0).dim(axis) - to), g.upstream());
    }
  }

  /**
   * A tensor with zeros before and after it.
   *
   * @param axis the dimension that grows, from 0
   * @param before number of zeros before index 0
   * @param after number of zeros after the last index
   */
  public record Pad(int axis, int before, int after) implements Differentiable {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands operands = Operands.of(this, inputs, 1);
      requireAxis(operands, axis);
      operands.require(before >= 0 && after >= 0, "before and after must not be negative");
      TensorType x = operands.type(0);
      int extent = Math.addExact(Math.addExact(before, x.dim(axis)), after);
      return List.of(new TensorType(x.dtype(), x.shape().with(axis, extent)));
    }

    @Override
    public void gradient(Gradient g) {
      g.set(0, new Slice(axis, before, before + g.input(0).dim(axis)), g.upstream());
    }
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("features", new Concat(1), activation(3, 5), activation(3, 2)),
        Sample.of("rows", new Concat(0), activation(3, 5), activation(1, 5), activation(2, 5)),
        Sample.of("channels", new Concat(1), activation(2, 3, 5, 4), activation(2, 1, 5, 4)),
        Sample.of("images", new Concat(0), activation(1, 3, 5, 4), activation(2, 3, 5, 4)),
        Sample.of("heights", new Concat(2), activation(2, 3, 5, 4), activation(2, 3, 2, 4)),
        Sample.of("widths", new Concat(3), activation(2, 3, 5, 4), activation(2, 3, 5, 1)),
        Sample.of("of size 1", new Concat(0), activation(1), activation(1)),
        Sample.of("rank 3, middle", new Concat(1), activation(2, 3, 4), activation(2, 2, 4)),
        Sample.of("slice of channels", new Slice(1, 1, 3), activation(2, 4, 3, 5)),
        Sample.of("slice of widths", new Slice(3, 0, 2), activation(2, 4, 3, 5)),
        Sample.of("slice of all", new Slice(0, 0, 7), activation(7)),
        Sample.of("pad rows", new Pad(0, 2, 1), activation(3, 4)),
        Sample.of("pad channels", new Pad(1, 0, 2), activation(2, 3, 4, 5)),
        Sample.of("pad by nothing", new Pad(1, 0, 0), activation(2, 3)));
  }
}
