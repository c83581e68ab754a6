package org.clusternet.nn.parameter;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.HostCodec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.random.KeyedRandom;

/**
 * The memory of a model: all trainable parameters are slices of one flat buffer, their gradients
 * slices of a second one laid out alike, so that an optimiser is one op over the whole model
 * whatever its layers are. Buffers (running statistics) are slices of a third.
 *
 * <pre>
 * values     | bn1.weight |..| bn1.bias |..| ... | fc.bias |..| conv1.weight |..| ... | fc.weight |
 * gradients  | bn1.weight |..| bn1.bias |..| ... | fc.bias |..| conv1.weight |..| ... | fc.weight |
 * buffers    | bn1.running_mean |..| bn1.running_var |..| ...             (.. zeros up to 64 bytes)
 * </pre>
 *
 * <p>Scales and biases come first: their gradients, a few thousand numbers of which each is a sum
 * over all that flows back through its layer, tell at little cost whether a step went well.
 *
 * <p>Life: layers declare what they need at {@link #root} or {@link #under} while they are built;
 * {@link #initialise} or {@link #allocate} followed by a load ends the declaring and gives memory;
 * {@link #close} ends all of it. Gradients take memory from the first {@link #watch} on, so that a
 * model used for inference has none.
 */
public final class Parameters implements AutoCloseable {
  private final Device device;
  private final DType dtype;
  private final boolean rounding;
  private final Scope scope;
  private final FlatBuffer trainablePlan;
  private final FlatBuffer bufferPlan;
  private int vectors;
  private final Map<String, Parameter> declared = new LinkedHashMap<>();
  private boolean allocated;
  private Tensor values;
  private Tensor buffers;
  private Tensor gradients;
  private RoundedWeights rounded;

  /** As {@link #Parameters(Device, DType, DType)} for activations of the type of the parameters. */
  public Parameters(Device device, DType dtype) {
    this(device, dtype, dtype);
  }

  /**
   * Parameters yet to be declared.
   *
   * @param device where they live
   * @param dtype F32, which also serves activations in BF16, or F64 for the oracle
   * @param activations their type; where it is BF16, and the device {@linkplain
   *     Device#roundsWeights rounds weights}, copies of the weights of convolutions in BF16 are
   *     kept
   */
  public Parameters(Device device, DType dtype, DType activations) {
    if (dtype != DType.F32 && dtype != DType.F64) {
      throw new IllegalArgumentException(
          "parameters: dtype="
              + dtype
              + "; it must be F32 or F64 (to compute in BF16, cast the input of an F32 model)");
    }
    this.device = device;
    this.dtype = dtype;
    this.rounding = activations == DType.BF16 && device.roundsWeights();
    this.scope = device.scope();
    this.trainablePlan = new FlatBuffer(dtype);
    this.bufferPlan = new FlatBuffer(dtype);
  }

  /** Where a model without a prefix declares its parameters. */
  public KeyPath root() {
    return new KeyPath(this, "");
  }

  /** Where a model declares its parameters with a prefix, for instance {@code primary}. */
  public KeyPath under(String prefix) {
    return root().child(prefix);
  }

  Parameter declare(String key, Shape shape, Initial initial, boolean trainable) {
    if (allocated) {
      throw new IllegalStateException(
          "parameters: key=" + key + " is declared too late; build all layers, then initialise");
    }
    if (declared.containsKey(key)) {
      throw new IllegalArgumentException("parameters: key=" + key + " is declared twice");
    }
    Parameter parameter = new Parameter(key, shape, initial, trainable);
    declared.put(key, parameter);
    return parameter;
  }

  /**
   * Gives every parameter memory, filled with zeros, and ends the declaring; nothing if that has
   * been done. For models that are loaded next; others are {@linkplain #initialise initialised}.
   */
  public void allocate() {
    if (allocated) {
      return;
    }
    if (declared.isEmpty()) {
      throw new IllegalStateException("parameters: none is declared; build the layers first");
    }
    layOut();
    values = trainablePlan.allocate(device, scope, "parameters");
    buffers = bufferPlan.isEmpty() ? null : bufferPlan.allocate(device, scope, "buffers");
    for (Parameter p : declared.values()) {
      p.bindValue(slice(p.isTrainable() ? values : buffers, p).named(p.key()));
    }
    if (rounding) {
      rounded = new RoundedWeights(device, scope, values, trainable());
    }
    allocated = true;
  }

  private void layOut() {
    declared.values().stream().filter(p -> !p.isTrainable()).forEach(bufferPlan::append);
    declared.values().stream().filter(Parameters::isVector).forEach(trainablePlan::append);
    vectors = trainablePlan.end();
    declared.values().stream()
        .filter(p -> p.isTrainable() && !isVector(p))
        .forEach(trainablePlan::append);
  }

  private List<Parameter> trainable() {
    return declared.values().stream()
        .filter(Parameter::isTrainable)
        .sorted(Comparator.comparingLong(Parameter::offset))
        .toList();
  }

  private static boolean isVector(Parameter p) {
    return p.isTrainable() && p.shape().rank() == 1;
  }

  private Tensor slice(Tensor flat, Parameter p) {
    return flat.view(new TensorType(dtype, p.shape()), p.offset());
  }

  /**
   * Gives every parameter its initial value.
   *
   * @param seed same seed, same bits, on every machine; a parameter's numbers depend on the seed
   *     and on its key, not on what else the model has
   */
  public void initialise(long seed) {
    allocate();
    Map<Integer, double[]> arrays = new HashMap<>();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment stage = arena.allocate(largest(), FlatBuffer.ALIGNMENT);
      for (Parameter p : declared.values()) {
        TensorType type = p.value().type();
        int count = Math.toIntExact(p.shape().elements());
        double[] numbers = arrays.computeIfAbsent(count, double[]::new);
        p.initial().fill(new KeyedRandom(seed, "initial", p.key()), numbers);
        MemorySegment host = stage.asSlice(0, type.bytes());
        HostCodec.encode(type, numbers, host);
        device.upload(host, p.value());
      }
    }
  }

  private long largest() {
    return declared.values().stream().mapToLong(p -> p.value().type().bytes()).max().orElse(0);
  }

  /**
   * Brings what layers {@linkplain Parameter#operand give to their ops} up to date with the values:
   * the beginning of a forward pass. Nothing where those are the values themselves.
   */
  public void refresh(Executor run) {
    if (rounded != null) {
      rounded.refresh(run.device());
    }
  }

  /** Asks a tape for the gradients of all trainable parameters, to be written to their slices. */
  public void watch(Tape tape) {
    allocateGradients();
    for (Parameter p : declared.values()) {
      if (p.isTrainable() && p.operand() == p.value()) {
        tape.watch(p.value(), p.gradient());
      }
    }
    if (rounded != null) {
      rounded.watch(tape, gradients);
    }
  }

  private void allocateGradients() {
    if (gradients != null) {
      return;
    }
    requireAllocated();
    gradients = trainablePlan.allocate(device, scope, "gradients");
    for (Parameter p : declared.values()) {
      if (p.isTrainable()) {
        p.bindGradient(slice(gradients, p).named("gradient of " + p.key()));
      }
    }
  }

  private void requireAllocated() {
    if (!allocated) {
      throw new IllegalStateException(
          "parameters: there are no values yet; initialise or load them first");
    }
  }

  /** The device that they live on. */
  public Device device() {
    return device;
  }

  /** Element type of all of them. */
  public DType dtype() {
    return dtype;
  }

  /** All parameters and buffers in the order in which they were declared. */
  public List<Parameter> all() {
    return List.copyOf(declared.values());
  }

  /** Number of trainable numbers. */
  public long count() {
    return declared.values().stream()
        .filter(Parameter::isTrainable)
        .mapToLong(p -> p.shape().elements())
        .sum();
  }

  /** All trainable parameters as one vector. */
  public Tensor values() {
    requireAllocated();
    return values;
  }

  /** All buffers as one vector; null for a model that has none. */
  public Tensor buffers() {
    requireAllocated();
    return buffers;
  }

  /** The gradients of all trainable parameters as one vector, laid out as {@link #values}. */
  public Tensor gradients() {
    allocateGradients();
    return gradients;
  }

  /** The gradients of all scales and biases as one vector: the beginning of {@link #gradients}. */
  public Tensor vectorGradients() {
    return gradients().view(TensorType.of(dtype, vectors), 0).named("gradients of vectors");
  }

  /** Memory in another scope, laid out as {@link #values}, all zeros: an optimiser's state. */
  public Tensor allocateLike(Scope other, String name) {
    requireAllocated();
    return trainablePlan.allocate(device, other, name);
  }

  /** The tensors of all parameters and buffers by key: what a file of weights holds. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    declared.forEach((key, p) -> tensors.put(key, p.value()));
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * The slices of a vector laid out as {@link #values} by key.
   *
   * @param flat for instance an optimiser's state
   * @param prefix put before every key
   */
  public Map<String, Tensor> slices(Tensor flat, String prefix) {
    Map<String, Tensor> slices = new LinkedHashMap<>();
    for (Parameter p : declared.values()) {
      if (p.isTrainable()) {
        slices.put(prefix + p.key(), slice(flat, p).named(prefix + p.key()));
      }
    }
    return Collections.unmodifiableMap(slices);
  }

  /** Ends the memory of values, gradients and buffers. */
  @Override
  public void close() {
    scope.close();
  }
}
