package org.clusternet.nn.parameter;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The flat buffers that declared parameters are slices of.
 *
 * <pre>
 * values     | bn1.weight |..| bn1.bias |..| ... | fc.bias |..| conv1.weight |..| ... | fc.weight |
 * gradients  | bn1.weight |..| bn1.bias |..| ... | fc.bias |..| conv1.weight |..| ... | fc.weight |
 * buffers    | bn1.running_mean |..| bn1.running_var |..| ...             (.. zeros up to 64 bytes)
 * </pre>
 *
 * <p>Scales and biases come first: their gradients, a few thousand numbers each of which is a sum
 * over everything that flows back through its layer, show at little cost whether a step succeeded.
 *
 * <p>Gradients are allocated when they are first asked for, so that a model used for inference has
 * none.
 */
final class ParameterMemory {
  private final Device device;
  private final Scope scope;
  private final DType dtype;
  private final List<Parameter> trainable;
  private final FlatBuffer plan;
  private final int vectorElements;
  private final Tensor values;
  private final @Nullable Tensor buffers;
  private final @Nullable RoundedWeights rounded;
  private @Nullable Tensor gradients;

  /**
   * Places parameters and allocates their values and buffers, filled with zeros.
   *
   * @param device device of the memory
   * @param scope scope of the memory
   * @param dtype element type, F32 or F64
   * @param declared parameters and buffers in the order of their declaration
   * @param rounding whether copies of the weights of convolutions in BF16 are kept
   */
  ParameterMemory(
      Device device, Scope scope, DType dtype, Collection<Parameter> declared, boolean rounding) {
    this.device = device;
    this.scope = scope;
    this.dtype = dtype;
    this.trainable = declared.stream().filter(Parameter::isTrainable).toList();
    this.plan = new FlatBuffer(dtype);
    trainable.stream().filter(ParameterMemory::isVector).forEach(plan::append);
    this.vectorElements = plan.end();
    trainable.stream().filter(p -> !isVector(p)).forEach(plan::append);
    this.values = plan.allocate(device, scope, "parameters");
    bindValues(trainable, values);
    this.buffers = allocateBuffers(declared.stream().filter(p -> !p.isTrainable()).toList());
    this.rounded = rounding ? new RoundedWeights(device, scope, values, byPlace()) : null;
  }

  private static boolean isVector(Parameter parameter) {
    return parameter.shape().rank() == 1;
  }

  private @Nullable Tensor allocateBuffers(List<Parameter> untrained) {
    FlatBuffer bufferPlan = new FlatBuffer(dtype);
    untrained.forEach(bufferPlan::append);
    if (bufferPlan.isEmpty()) {
      return null;
    }
    Tensor flat = bufferPlan.allocate(device, scope, "buffers");
    bindValues(untrained, flat);
    return flat;
  }

  private void bindValues(List<Parameter> parameters, Tensor flat) {
    parameters.forEach(p -> p.bindValue(slice(flat, p).named(p.key())));
  }

  private Tensor slice(Tensor flat, Parameter parameter) {
    return flat.view(new TensorType(dtype, parameter.shape()), parameter.offset());
  }

  private List<Parameter> byPlace() {
    return trainable.stream().sorted(Comparator.comparingLong(Parameter::offset)).toList();
  }

  /** Brings the rounded weights up to date with the values, if there are any. */
  void refresh(Device on) {
    if (rounded != null) {
      rounded.refresh(on);
    }
  }

  /** Asks a tape for the gradients of all trainable parameters, to be written to their slices. */
  void watch(Tape tape) {
    Tensor flat = gradients();
    for (Parameter p : trainable) {
      if (p.operand() == p.value()) {
        tape.watch(p.value(), p.gradient());
      }
    }
    if (rounded != null) {
      rounded.watch(tape, flat);
    }
  }

  /** All trainable parameters as one vector. */
  Tensor values() {
    return values;
  }

  /** All buffers as one vector; null if there are none. */
  @Nullable Tensor buffers() {
    return buffers;
  }

  /** All gradients as one vector, allocated at the first call. */
  Tensor gradients() {
    Tensor flat = gradients;
    if (flat == null) {
      flat = plan.allocate(device, scope, "gradients");
      for (Parameter p : trainable) {
        p.bindGradient(slice(flat, p).named("gradient of " + p.key()));
      }
      gradients = flat;
    }
    return flat;
  }

  /** The gradients of all scales and biases as one vector: the beginning of {@link #gradients}. */
  Tensor vectorGradients() {
    return gradients().view(TensorType.of(dtype, vectorElements), 0).named("gradients of vectors");
  }

  /** Allocates a vector laid out as {@link #values} in another scope, filled with zeros. */
  Tensor allocateLike(Scope other, String name) {
    return plan.allocate(device, other, name);
  }

  /** The slices of a vector laid out as {@link #values}, by key with {@code prefix} before it. */
  Map<String, Tensor> slices(Tensor flat, String prefix) {
    Map<String, Tensor> slices = new LinkedHashMap<>();
    for (Parameter p : trainable) {
      slices.put(prefix + p.key(), slice(flat, p).named(prefix + p.key()));
    }
    return Collections.unmodifiableMap(slices);
  }
}
