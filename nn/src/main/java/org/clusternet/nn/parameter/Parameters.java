package org.clusternet.nn.parameter;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
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
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a model and their memory: all trainable parameters are slices of one flat
 * buffer, their gradients slices of a second one with the same layout, so that an optimiser is one
 * op over the whole model whatever its layers are. Buffers (running statistics) are slices of a
 * third.
 *
 * <p>Layers declare what they need at {@link #root} or {@link #under} while they are constructed.
 * {@link #initialise}, or {@link #allocate} followed by a load, ends the declarations and allocates
 * memory; {@link #close} releases it.
 */
public final class Parameters implements AutoCloseable {
  private final Device device;
  private final DType dtype;
  private final boolean rounding;
  private final Scope scope;
  private final Map<String, Parameter> declared = new LinkedHashMap<>();
  private @Nullable ParameterMemory memory;

  /** As {@link #Parameters(Device, DType, DType)} for activations of the type of the parameters. */
  public Parameters(Device device, DType dtype) {
    this(device, dtype, dtype);
  }

  /**
   * Parameters yet to be declared.
   *
   * @param device device of the parameters
   * @param dtype F32, which also serves activations in BF16, or F64 for the oracle
   * @param activations element type of the activations; if it is BF16 and the device {@linkplain
   *     Device#roundsWeights rounds weights}, copies of the weights of convolutions in BF16 are
   *     kept
   * @throws IllegalArgumentException if {@code dtype} is neither F32 nor F64
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
  }

  /** The place where a model without a prefix declares its parameters. */
  public KeyPath root() {
    return new KeyPath(this, "");
  }

  /**
   * The place where a model declares its parameters with a prefix, for instance {@code primary}.
   */
  public KeyPath under(String prefix) {
    return root().child(prefix);
  }

  Parameter declare(String key, Shape shape, Initial initial, boolean trainable) {
    if (memory != null) {
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
   * Ends the declarations and allocates memory for every parameter, filled with zeros; does nothing
   * if that has been done. For models that are loaded next; others are {@linkplain #initialise
   * initialised}.
   *
   * @throws IllegalStateException if nothing is declared
   */
  public void allocate() {
    if (memory != null) {
      return;
    }
    if (declared.isEmpty()) {
      throw new IllegalStateException("parameters: none is declared; build the layers first");
    }
    memory = new ParameterMemory(device, scope, dtype, declared.values(), rounding);
  }

  private ParameterMemory allocated() {
    if (memory == null) {
      throw new IllegalStateException(
          "parameters: there are no values yet; initialise or load them first");
    }
    return memory;
  }

  /**
   * Gives every parameter its initial value.
   *
   * @param seed random seed: the same seed gives the same bits on every machine, and a parameter's
   *     values depend on the seed and on its key only, not on what else the model has
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
   * Brings what layers {@linkplain Parameter#operand pass to their ops} up to date with the values,
   * at the beginning of a forward pass. Does nothing where layers pass the values themselves.
   */
  public void refresh(Executor run) {
    if (memory != null) {
      memory.refresh(run.device());
    }
  }

  /** Asks a tape for the gradients of all trainable parameters, to be written to their slices. */
  public void watch(Tape tape) {
    allocated().watch(tape);
  }

  /** The device of the parameters. */
  public Device device() {
    return device;
  }

  /** Element type of all parameters. */
  public DType dtype() {
    return dtype;
  }

  /** All parameters and buffers in the order of their declaration. */
  public List<Parameter> all() {
    return List.copyOf(declared.values());
  }

  /** Number of elements of all trainable parameters. */
  public long count() {
    return declared.values().stream()
        .filter(Parameter::isTrainable)
        .mapToLong(p -> p.shape().elements())
        .sum();
  }

  /** All trainable parameters as one vector. */
  public Tensor values() {
    return allocated().values();
  }

  /** All buffers as one vector; null for a model that has none. */
  public @Nullable Tensor buffers() {
    return allocated().buffers();
  }

  /**
   * The gradients of all trainable parameters as one vector, laid out as {@link #values}; allocated
   * at the first call or the first {@link #watch}.
   */
  public Tensor gradients() {
    return allocated().gradients();
  }

  /** The gradients of all scales and biases as one vector: the beginning of {@link #gradients}. */
  public Tensor vectorGradients() {
    return allocated().vectorGradients();
  }

  /**
   * Allocates a vector laid out as {@link #values}, filled with zeros: an optimiser's state.
   *
   * @param other scope of the vector
   * @param name name of the vector in errors
   */
  public Tensor allocateLike(Scope other, String name) {
    return allocated().allocateLike(other, name);
  }

  /** The tensors of all parameters and buffers by key: the content of a file of weights. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    declared.forEach((key, p) -> tensors.put(key, p.value()));
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * The slices by key of a vector laid out as {@link #values}.
   *
   * @param flat the vector, for instance an optimiser's state
   * @param prefix text before every key
   */
  public Map<String, Tensor> slices(Tensor flat, String prefix) {
    return allocated().slices(flat, prefix);
  }

  /** Releases the memory of values, gradients and buffers. */
  @Override
  public void close() {
    scope.close();
  }
}
