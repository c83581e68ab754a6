package org.clusternet.engine.spi;

import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/** Checks on the inputs of an op, each of which fails with an {@link OpException}. */
public final class Operands {
  private final Op op;
  private final List<TensorType> types;

  private Operands(Op op, List<TensorType> types) {
    this.op = op;
    this.types = types;
  }

  /** The operands of a call of {@code op}, of which there must be {@code min} to {@code max}. */
  public static Operands of(Op op, List<TensorType> types, int min, int max) {
    Operands operands = new Operands(op, types);
    operands.require(
        types.size() >= min && types.size() <= max,
        "operands=" + types.size() + "; it takes " + (min == max ? min : min + " to " + max));
    return operands;
  }

  /** As above for a fixed number. */
  public static Operands of(Op op, List<TensorType> types, int count) {
    return of(op, types, count, count);
  }

  /** Number of operands. */
  public int count() {
    return types.size();
  }

  /** The type of operand {@code i}. */
  public TensorType type(int i) {
    return types.get(i);
  }

  /** Fails with {@code what} unless the condition holds. */
  public Operands require(boolean condition, String what) {
    if (!condition) {
      throw failure(what);
    }
    return this;
  }

  /** What is wrong with the operands, to be thrown. */
  public OpException failure(String what) {
    return new OpException(op, types, what);
  }

  /** Operand {@code i} must have this rank. */
  public Operands rank(int i, int rank) {
    return require(type(i).rank() == rank, "operand " + i + " must have rank " + rank);
  }

  /** Operand {@code i} must be of a floating-point type. */
  public Operands floating(int i) {
    return require(type(i).dtype().isFloating(), "operand " + i + " must be F64, F32 or BF16");
  }

  /** Operand {@code i} must be of one of these element types. */
  public Operands dtype(int i, DType... allowed) {
    return require(
        Arrays.asList(allowed).contains(type(i).dtype()),
        "operand " + i + " must be " + String.join(" or ", names(allowed)));
  }

  /** Operand {@code i} must have this shape. */
  public Operands shape(int i, Shape shape) {
    return require(type(i).shape().equals(shape), "operand " + i + " must have shape " + shape);
  }

  /** Operand {@code i} must have this shape and the type that parameters beside operand 0 have. */
  public Operands parameter(int i, Shape shape) {
    return shape(i, shape).dtype(i, parameterType(type(0).dtype()));
  }

  /** Operand 0 must be logits (N, K) in F64 or F32, operand 1 the labels (N) of its rows in I32. */
  public Operands labelledLogits() {
    dtype(0, DType.F64, DType.F32).rank(0, 2);
    return shape(1, Shape.of(type(0).dim(0))).dtype(1, DType.I32);
  }

  /**
   * The type of weights, statistics and sums beside activations of type {@code activations}: F64
   * for F64, F32 otherwise. BF16 is a storage type of activations only.
   */
  public static DType parameterType(DType activations) {
    return activations == DType.F64 ? DType.F64 : DType.F32;
  }

  private static List<String> names(DType[] types) {
    return Arrays.stream(types).map(DType::name).toList();
  }
}
