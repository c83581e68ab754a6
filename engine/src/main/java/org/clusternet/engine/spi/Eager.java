package org.clusternet.engine.spi;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/** The plain executor: runs each op at once and records nothing. */
public final class Eager implements Executor {
  private static final @Nullable Tensor[] NOTHING_GIVEN = {};

  private final Device device;
  private final Scope scope;

  /** An executor on {@code device} whose outputs live in {@code scope}. */
  public Eager(Device device, Scope scope) {
    this.device = device;
    this.scope = scope;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Tensor[] run(Op op, Tensor... inputs) {
    return run(op, inputs, NOTHING_GIVEN);
  }

  /**
   * As {@link #run(Op, Tensor...)}, with memory chosen by the caller for some outputs.
   *
   * @param given for each output a tensor of the inferred type to write to, or null where memory is
   *     to be allocated; outputs beyond its length are allocated too
   * @throws IllegalArgumentException if given memory is not of the inferred type
   */
  public Tensor[] run(Op op, Tensor[] inputs, @Nullable Tensor[] given) {
    List<TensorType> types = new ArrayList<>(inputs.length);
    for (Tensor input : inputs) {
      types.add(input.type());
    }
    List<TensorType> inferred = op.infer(types);
    Tensor[] outputs = new Tensor[inferred.size()];
    for (int k = 0; k < outputs.length; k++) {
      int source = op.inPlace(k);
      Tensor memory = k < given.length ? given[k] : null;
      if (memory != null) {
        if (!memory.type().equals(inferred.get(k))) {
          throw new IllegalArgumentException(
              op + ": memory " + memory + " given for output " + k + " " + inferred.get(k));
        }
        outputs[k] = memory;
      } else if (source >= 0) {
        outputs[k] = inputs[source];
      } else {
        outputs[k] = scope.allocate(inferred.get(k));
      }
    }
    device.run(op, inputs, outputs);
    return outputs;
  }

  @Override
  public void discard(Tensor tensor) {
    scope.release(tensor);
  }
}
