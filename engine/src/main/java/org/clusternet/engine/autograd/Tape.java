package org.clusternet.engine.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An executor that remembers what it ran and can walk it backwards.
 *
 * <p>Only calls that depend on a {@linkplain #watch watched} tensor through differentiable ops are
 * recorded. The walk visits them last to first; as soon as a call has been visited, its outputs and
 * their gradients have served and are released, so that memory falls as the walk goes on. What the
 * caller reads afterwards must be {@linkplain #retain retained}.
 *
 * <p>A tape serves one forward and one backward pass; closing it frees the rest.
 */
public final class Tape implements Executor, AutoCloseable {

  record Call(Differentiable op, Tensor[] inputs, Tensor[] outputs) {}

  private final Eager eager;
  private final List<Call> calls = new ArrayList<>();
  private final Set<Tensor> watched = identitySet();
  private final Set<Tensor> tracked = identitySet();
  private final Set<Tensor> used = identitySet();
  private final Set<Tensor> retained = identitySet();
  private final IdentityHashMap<Tensor, Tensor> destinations = new IdentityHashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private @Nullable Gradients gradients;

  /** A tape on {@code device} with a scope of its own. */
  public Tape(Device device) {
    this.eager = new Eager(device, device.scope());
  }

  private static Set<Tensor> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Asks for the gradient of a leaf or of an intermediate result; {@link #gradient} reads it. */
  public void watch(Tensor leaf) {
    if (!leaf.dtype().isFloating()) {
      throw new IllegalArgumentException("watch: " + leaf + " is not of a floating-point type");
    }
    watched.add(leaf);
    tracked.add(leaf);
  }

  /** Asks for the gradient of a leaf to be written (not added) to {@code destination}. */
  public void watch(Tensor leaf, Tensor destination) {
    if (!leaf.type().equals(destination.type())) {
      throw new IllegalArgumentException(
          "watch: gradient memory " + destination + " does not fit " + leaf);
    }
    watch(leaf);
    destinations.put(leaf, destination);
  }

  /** Asks for something to be run as soon as {@link #backward} has written all gradients. */
  public void afterBackward(Runnable action) {
    afterwards.add(action);
  }

  /** Keeps a tensor through {@link #backward}, until this tape is closed. */
  public Tensor retain(Tensor tensor) {
    retained.add(tensor);
    return tensor;
  }

  @Override
  public Device device() {
    return eager.device();
  }

  @Override
  public Scope scope() {
    return eager.scope();
  }

  @Override
  public Tensor[] run(Op op, Tensor... inputs) {
    Tensor[] outputs = eager.run(op, inputs);
    if (op instanceof Differentiable differentiable
        && Arrays.stream(inputs).anyMatch(tracked::contains)) {
      calls.add(new Call(differentiable, inputs.clone(), outputs));
      tracked.add(outputs[0]);
      Collections.addAll(used, inputs);
      Collections.addAll(used, outputs);
    }
    return outputs;
  }

  @Override
  public void discard(Tensor tensor) {
    if (!used.contains(tensor) && !retained.contains(tensor)) {
      eager.discard(tensor);
    }
  }

  /**
   * Computes the gradients of the scalar {@code loss}.
   *
   * @throws IllegalArgumentException if the loss is no scalar or does not depend on a watched
   *     tensor
   */
  public void backward(Tensor loss) {
    if (loss.elements() != 1) {
      throw new IllegalArgumentException("backward: loss " + loss + " must have one element");
    }
    Tensor one = Gradients.ones(eager, loss.type());
    backward(loss, one);
  }

  /** As {@link #backward(Tensor)} for an output of any shape with a given upstream gradient. */
  public void backward(Tensor output, Tensor upstream) {
    if (!tracked.contains(output)) {
      throw new IllegalArgumentException(
          "backward: " + output + " does not depend on a watched tensor");
    }
    if (!output.type().equals(upstream.type())) {
      throw new IllegalArgumentException("backward: upstream " + upstream + " for " + output);
    }
    gradients = new Gradients(eager, watched, tracked, destinations);
    gradients.add(output, upstream, false);
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.remove(i);
      gradients.visit(call);
      release(call);
    }
    gradients.finish();
    afterwards.forEach(Runnable::run);
  }

  private void release(Call call) {
    for (Tensor output : call.outputs()) {
      boolean input = Arrays.stream(call.inputs()).anyMatch(i -> i == output);
      if (!input && !retained.contains(output)) {
        eager.scope().release(output);
      }
    }
  }

  /**
   * The gradient of a watched tensor after {@link #backward}.
   *
   * @return zeros if the output did not depend on it
   * @throws IllegalArgumentException if the tensor was not watched
   */
  public Tensor gradient(Tensor leaf) {
    if (gradients == null) {
      throw new IllegalStateException("gradient: backward has not run");
    }
    return gradients.of(leaf);
  }

  @Override
  public void close() {
    eager.scope().close();
  }
}
