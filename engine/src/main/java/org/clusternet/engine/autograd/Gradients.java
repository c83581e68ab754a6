package org.clusternet.engine.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Cast;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The gradients that a backward walk has gathered so far. Un-broadcasting and the accumulation over
 * several consumers happen here and nowhere else.
 *
 * <p>A gradient is <em>owned</em> by one tensor, and then added to in place, or shared by several
 * (addition passes its upstream gradient to both operands), and then replaced by a sum. It is
 * released when the last tensor that refers to it has been visited.
 */
final class Gradients {

  private record Slot(Tensor gradient, boolean owned) {}

  private final Eager eager;
  private final Set<Tensor> watched;
  private final Set<Tensor> tracked;
  private final IdentityHashMap<Tensor, Tensor> destinations;
  private final IdentityHashMap<Tensor, Slot> slots = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Integer> references = new IdentityHashMap<>();

  Gradients(
      Eager eager,
      Set<Tensor> watched,
      Set<Tensor> tracked,
      IdentityHashMap<Tensor, Tensor> destinations) {
    this.eager = eager;
    this.watched = watched;
    this.tracked = tracked;
    this.destinations = destinations;
  }

  static Tensor ones(Executor executor, TensorType type) {
    return executor.apply(new Fill(type, 1));
  }

  /** Adds {@code gradient} to what {@code target} has. */
  void add(Tensor target, Tensor gradient, boolean owned) {
    Tensor fitted = gradient;
    boolean own = owned;
    if (!gradient.shape().equals(target.shape())) {
      fitted = eager.apply(new SumTo(target.shape()), gradient);
      if (owned) {
        eager.discard(gradient);
      }
      own = true;
    }
    Slot before = slots.get(target);
    if (before == null) {
      first(target, fitted, own);
    } else {
      accumulate(target, before, fitted);
      if (own) {
        eager.discard(fitted);
      }
    }
  }

  private void first(Tensor target, Tensor gradient, boolean owned) {
    Tensor destination = destinations.get(target);
    if (destination == null || destination == gradient) {
      put(target, gradient, owned);
      return;
    }
    eager.run(new Cast(destination.dtype()), new Tensor[] {gradient}, new Tensor[] {destination});
    put(target, destination, true);
    if (owned) {
      eager.discard(gradient);
    }
  }

  private void accumulate(Tensor target, Slot before, Tensor gradient) {
    @Nullable Tensor[] given = {before.owned() ? before.gradient() : null};
    Tensor[] operands = {before.gradient(), gradient};
    Tensor sum = eager.run(new Binary(BinaryFunction.ADD), operands, given)[0];
    if (!before.owned()) {
      put(target, sum, true);
      drop(before.gradient());
    }
  }

  private Tensor put(Tensor target, Tensor gradient, boolean owned) {
    slots.put(target, new Slot(gradient, owned));
    references.merge(gradient, 1, Integer::sum);
    return gradient;
  }

  private void drop(Tensor gradient) {
    if (references.merge(gradient, -1, Integer::sum) == 0) {
      references.remove(gradient);
      eager.discard(gradient);
    }
  }

  /**
   * Runs the rule of one call, if its output has a gradient, and releases that gradient, unless the
   * output itself is watched.
   */
  void visit(Tape.Call call) {
    Tensor output = call.outputs()[0];
    boolean keep = watched.contains(output);
    Slot slot = keep ? slots.get(output) : slots.remove(output);
    if (slot == null) {
      return;
    }
    Rule rule = new Rule(call, slot.gradient());
    call.op().gradient(rule);
    rule.end();
    if (!keep) {
      drop(slot.gradient());
    }
  }

  /** Zeros where a gradient was asked for but nothing arrived. */
  void finish() {
    destinations.forEach(
        (leaf, destination) -> {
          if (!slots.containsKey(leaf)) {
            Fill zeros = new Fill(destination.type(), 0);
            eager.run(zeros, new Tensor[0], new Tensor[] {destination});
            put(leaf, destination, true);
          }
        });
  }

  Tensor of(Tensor leaf) {
    if (!watched.contains(leaf)) {
      throw new IllegalArgumentException("gradient: " + leaf + " was not watched");
    }
    Slot slot = slots.get(leaf);
    return slot == null ? put(leaf, eager.apply(new Fill(leaf.type(), 0)), true) : slot.gradient();
  }

  /** One call as its rule sees it. */
  private final class Rule implements Gradient {
    private final Tape.Call call;
    private final Tensor upstream;
    private final List<Tensor> intermediates = new ArrayList<>();

    Rule(Tape.Call call, Tensor upstream) {
      this.call = call;
      this.upstream = upstream;
    }

    @Override
    public int inputs() {
      return call.inputs().length;
    }

    @Override
    public Tensor input(int i) {
      return call.inputs()[i];
    }

    @Override
    public Tensor output(int i) {
      return call.outputs()[i];
    }

    @Override
    public Tensor upstream() {
      return upstream;
    }

    @Override
    public boolean needs(int i) {
      return i >= 0 && i < call.inputs().length && tracked.contains(call.inputs()[i]);
    }

    @Override
    public Tensor compute(Op op, Tensor... inputs) {
      Tensor result = eager.apply(op, inputs);
      intermediates.add(result);
      return result;
    }

    @Override
    public void set(int i, Op op, Tensor... inputs) {
      if (needs(i)) {
        setAll(new int[] {i}, op, inputs);
      }
    }

    @Override
    public void setAll(int[] targets, Op op, Tensor... inputs) {
      List<TensorType> types = op.infer(Arrays.stream(inputs).map(Tensor::type).toList());
      @Nullable Tensor[] given = new Tensor[targets.length];
      for (int k = 0; k < targets.length; k++) {
        if (needs(targets[k])) {
          given[k] = untouchedDestination(input(targets[k]), types.get(k), given);
        }
      }
      Tensor[] results = eager.run(op, inputs, given);
      for (int k = 0; k < targets.length; k++) {
        if (needs(targets[k])) {
          add(input(targets[k]), results[k], true);
        } else {
          eager.discard(results[k]);
        }
      }
    }

    /**
     * The memory asked for by the caller, if this is its first gradient and has its type already: a
     * gradient in a broadcast shape is summed first.
     */
    private @Nullable Tensor untouchedDestination(
        Tensor target, TensorType type, @Nullable Tensor[] taken) {
      Tensor destination = slots.containsKey(target) ? null : destinations.get(target);
      boolean fits = destination != null && destination.type().equals(type);
      return fits && !Arrays.asList(taken).contains(destination) ? destination : null;
    }

    @Override
    public void pass(int i, Tensor gradient) {
      if (needs(i)) {
        add(input(i), gradient, false);
      }
    }

    void end() {
      for (Tensor intermediate : intermediates) {
        if (!references.containsKey(intermediate)) {
          eager.discard(intermediate);
        }
      }
    }
  }
}
