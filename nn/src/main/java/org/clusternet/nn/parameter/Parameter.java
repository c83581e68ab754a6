package org.clusternet.nn.parameter;

import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One named tensor of a model. A layer declares it in its constructor; its memory, a slice of a
 * flat buffer of {@link Parameters}, is allocated when those are initialised or loaded.
 */
public final class Parameter {
  private final String key;
  private final Shape shape;
  private final Initial initial;
  private final boolean trainable;
  private long offset;
  private @Nullable Tensor value;
  private @Nullable Tensor operand;
  private @Nullable Tensor gradient;

  Parameter(String key, Shape shape, Initial initial, boolean trainable) {
    this.key = key;
    this.shape = shape;
    this.initial = initial;
    this.trainable = trainable;
  }

  /** The key, for instance {@code primary.layer1.0.bn2.running_mean}. */
  public String key() {
    return key;
  }

  /** Extents. */
  public Shape shape() {
    return shape;
  }

  /** Whether it is trained; false for buffers such as running statistics. */
  public boolean isTrainable() {
    return trainable;
  }

  /**
   * The value; the same tensor for the life of the model.
   *
   * @throws IllegalStateException if the model has been neither initialised nor loaded
   */
  public Tensor value() {
    if (value == null) {
      throw new IllegalStateException(
          key + ": the parameters have no values yet; initialise or load them first");
    }
    return value;
  }

  /**
   * The tensor that a layer passes to its op: the {@link #value}, or a copy of it in BF16 where
   * {@link Parameters} keeps one.
   */
  public Tensor operand() {
    return operand == null ? value() : operand;
  }

  /**
   * The gradient that the last backward pass wrote; the same tensor for the life of the model.
   *
   * @throws IllegalStateException if it is not trainable or no tape has watched it yet
   */
  public Tensor gradient() {
    if (gradient == null) {
      throw new IllegalStateException(
          key
              + ": there is no gradient: "
              + (trainable ? "no tape has watched the parameters" : "it is a buffer"));
    }
    return gradient;
  }

  Initial initial() {
    return initial;
  }

  /** Index of its first element in its flat buffer. */
  long offset() {
    return offset;
  }

  void placeAt(long place) {
    this.offset = place;
  }

  void bindValue(Tensor slice) {
    this.value = slice;
  }

  void bindOperand(Tensor copy) {
    this.operand = copy;
  }

  void bindGradient(Tensor slice) {
    this.gradient = slice;
  }

  /** For instance {@code conv1.weight (64, 3, 7, 7)}. */
  @Override
  public String toString() {
    return key + " " + shape;
  }
}
