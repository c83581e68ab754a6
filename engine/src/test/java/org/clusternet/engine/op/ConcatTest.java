package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Calls.Numbers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where every element goes, against index arithmetic on row-major arrays. */
class ConcatTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int[][] SHAPES = {
    {4}, {3, 5}, {2, 3, 4}, {2, 3, 4, 5}, {1, 1, 1, 1}, {2, 1, 3, 2, 2}
  };

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static int[] with(int[] dims, int axis, int extent) {
    int[] changed = dims.clone();
    changed[axis] = extent;
    return changed;
  }

  private static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int d = from; d < to; d++) {
      product *= dims[d];
    }
    return product;
  }

  private static Numbers random(DType dtype, int... dims) {
    double[] values =
        new Random(5).ints(product(dims, 0, dims.length), 0, 100).asDoubleStream().toArray();
    return new Numbers(TensorType.of(dtype, dims), values);
  }

  /** Row-major: outer indices, then the axis, then inner indices. */
  private static double[] joined(int axis, List<Numbers> parts) {
    int[] dims = parts.get(0).type().shape().dims();
    int outer = product(dims, 0, axis);
    int inner = product(dims, axis + 1, dims.length);
    List<Double> result = new ArrayList<>();
    for (int o = 0; o < outer; o++) {
      for (Numbers part : parts) {
        int block = part.type().dim(axis) * inner;
        for (int i = 0; i < block; i++) {
          result.add(part.values()[o * block + i]);
        }
      }
    }
    return result.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void elementsGoWhereTheyBelong(DType dtype) {
    for (int[] dims : SHAPES) {
      for (int axis = 0; axis < dims.length; axis++) {
        Numbers a = random(dtype, dims);
        Numbers b = random(dtype, with(dims, axis, 3));
        Numbers c = random(dtype, with(dims, axis, 1));
        double[] expected = joined(axis, List.of(a, b, c));
        double[] actual = Calls.run(CPU, new Concat(axis), a, b, c)[0];
        assertArrayEquals(expected, actual, "axis=" + axis + " of " + a.type());
        whole(axis, a, b, c, new Numbers(joinedType(axis, a, b, c), expected));
      }
    }
  }

  private static TensorType joinedType(int axis, Numbers... parts) {
    int extent = 0;
    for (Numbers part : parts) {
      extent += part.type().dim(axis);
    }
    TensorType first = parts[0].type();
    return new TensorType(first.dtype(), first.shape().with(axis, extent));
  }

  /** Slices give the parts back; padding one with zeros is joining it with zeros. */
  private static void whole(int axis, Numbers a, Numbers b, Numbers c, Numbers all) {
    int from = a.type().dim(axis);
    int to = from + b.type().dim(axis);
    Op slice = new Concat.Slice(axis, from, to);
    assertArrayEquals(b.values(), Calls.run(CPU, slice, all)[0], slice + " of " + all.type());
    Numbers before = new Numbers(a.type(), new double[a.values().length]);
    Numbers after = new Numbers(c.type(), new double[c.values().length]);
    Op pad = new Concat.Pad(axis, from, c.type().dim(axis));
    double[] padded = joined(axis, List.of(before, b, after));
    assertArrayEquals(padded, Calls.run(CPU, pad, b)[0], pad + " of " + b.type());
  }

  @Test
  void longTensorsAreCopiedByAllThreads() {
    Numbers a = random(DType.F32, 700, 300);
    Numbers b = random(DType.F32, 700, 200);
    double[] expected = joined(1, List.of(a, b));
    assertArrayEquals(expected, Calls.run(CPU, new Concat(1), a, b)[0]);
  }

  @Test
  void anErrorNamesTheOperandThatDoesNotFit() {
    TensorType a = TensorType.of(DType.F32, 2, 3);
    assertRefused("Concat[axis=1] of F32(2, 3): operands=1; it takes 2 or more", new Concat(1), a);
    assertRefused(
        "Concat[axis=2] of F32(2, 3), F32(2, 3): axis=2 of rank=2; axes count from 0",
        new Concat(2),
        a,
        a);
    assertRefused(
        "Concat[axis=1] of F32(2, 3), F32(3, 3): operand 1 must have shape (2, 3)",
        new Concat(1),
        a,
        TensorType.of(DType.F32, 3, 3));
    assertRefused(
        "Concat[axis=0] of F32(2, 3), BF16(2, 3): operand 1 must be F32",
        new Concat(0),
        a,
        a.as(DType.BF16));
    assertRefused(
        "Concat.Slice[axis=1, from=2, to=4] of F32(2, 3): from=2, to=4 is no part of extent=3",
        new Concat.Slice(1, 2, 4),
        a);
    assertRefused(
        "Concat.Slice[axis=1, from=2, to=2] of F32(2, 3): from=2, to=2 is no part of extent=3",
        new Concat.Slice(1, 2, 2),
        a);
    assertRefused(
        "Concat.Pad[axis=0, before=-1, after=0] of F32(2, 3): before and after must not be"
            + " negative",
        new Concat.Pad(0, -1, 0),
        a);
  }
}
