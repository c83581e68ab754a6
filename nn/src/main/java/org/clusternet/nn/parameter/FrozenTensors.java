package org.clusternet.nn.parameter;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The memory of a model used for inference only: copies of parameters that never change, with batch
 * normalisation folded in where that is possible. What the device derives from them, for instance
 * weights in the layout that a library needs, lives as long. The model that they were copied from
 * may be changed or closed.
 */
public final class FrozenTensors implements AutoCloseable {
  private final Device device;
  private final DType compute;
  private final Scope scope;

  /**
   * Memory without copies yet.
   *
   * @param device device of the copies
   * @param compute element type of the activations: BF16, F32, or F64 for the oracle
   * @throws IllegalArgumentException if {@code compute} is another type
   */
  public FrozenTensors(Device device, DType compute) {
    if (!compute.isFloating()) {
      throw new IllegalArgumentException(
          "frozen model: compute=" + compute + "; it must be F64, F32 or BF16");
    }
    this.device = device;
    this.compute = compute;
    this.scope = device.scope();
  }

  /** The device of the copies. */
  public Device device() {
    return device;
  }

  /** Element type of the activations. */
  public DType compute() {
    return compute;
  }

  /**
   * Stores numbers, each rounded once.
   *
   * @param key key of the parameter that they come from
   * @param dtype element type
   * @param shape extents
   * @param values numbers in row-major order of the dimensions
   * @throws IllegalArgumentException if one is not finite in that type: it must be found here,
   *     since the ReLUs of a frozen model may turn NaN into 0
   */
  public Tensor keep(String key, DType dtype, Shape shape, double... values) {
    long wrong = Arrays.stream(values).filter(v -> !isFinite(dtype, v)).count();
    requireNone(key, wrong, values.length);
    Tensor tensor = scope.allocate(new TensorType(dtype, shape)).named(key);
    HostValues.set(device, tensor, values);
    return tensor.freeze();
  }

  /** Stores a copy of a parameter in its own type. */
  public Tensor copy(Parameter parameter) {
    Tensor value = parameter.value();
    return keep(parameter.key(), value.dtype(), value.shape(), HostValues.get(device, value));
  }

  /**
   * Stores a copy of a weight in the type of the activations, each number rounded once.
   *
   * @param weight weight whose first dimension is that of the outputs
   * @param factors factor of the weights of each output, one per output
   * @throws IllegalArgumentException as {@link #keep} does
   */
  public Tensor scaled(Parameter weight, double... factors) {
    TensorType from = weight.value().type();
    TensorType to = from.as(compute);
    long each = from.shape().elements() / factors.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(from.bytes(), Long.BYTES);
      MemorySegment copy = arena.allocate(to.bytes(), Long.BYTES);
      device.download(weight.value(), numbers);
      long wrong = 0;
      for (int output = 0; output < factors.length; output++) {
        for (long i = output * each; i < (output + 1) * each; i++) {
          double number = from.dtype().get(numbers, i) * factors[output];
          wrong += isFinite(compute, number) ? 0 : 1;
          compute.set(copy, i, number);
        }
      }
      requireNone(weight.key(), wrong, from.shape().elements());
      Tensor tensor = scope.allocate(to).named(weight.key());
      device.upload(copy, tensor);
      return tensor.freeze();
    }
  }

  private static boolean isFinite(DType dtype, double number) {
    return Math.abs(number) <= (dtype == DType.F64 ? Double.MAX_VALUE : Float.MAX_VALUE);
  }

  private static void requireNone(String key, long wrong, long count) {
    if (wrong > 0) {
      throw new IllegalArgumentException(
          ("freeze: key=%s: %d of %d numbers are not finite after folding; weights or running"
                  + " statistics are damaged, or the training diverged")
              .formatted(key, wrong, count));
    }
  }

  /** Releases the copies and what was derived from them. */
  @Override
  public void close() {
    scope.close();
  }
}
