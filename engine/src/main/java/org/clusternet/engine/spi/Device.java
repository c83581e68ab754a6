package org.clusternet.engine.spi;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * A place where tensors live and ops run. It allocates, copies, runs, waits, and says what it is.
 */
public interface Device extends AutoCloseable {

  /** {@code cpu} or {@code cuda}. */
  String name();

  /** One line that names the hardware and the libraries. */
  String describe();

  /** The pool that every tensor of this device comes from. */
  MemoryPool memory();

  /** A new scope over {@link #memory}. */
  default Scope scope() {
    return new Scope(memory());
  }

  /**
   * Starts an op; its outputs may be used in further calls at once, and read after {@link
   * #synchronize}.
   *
   * @param inputs tensors of this device whose types the op has accepted
   * @param outputs tensors of the inferred types
   * @throws UnsupportedOperationException if the device has no kernel for the op and types
   */
  void run(Op op, Tensor[] inputs, Tensor[] outputs);

  /**
   * Copies host memory of exactly the tensor's size, in the tensor's memory order, to the tensor.
   */
  void upload(MemorySegment host, Tensor tensor);

  /** Copies the tensor to host memory of exactly its size, after waiting for what is in flight. */
  void download(Tensor tensor, MemorySegment host);

  /**
   * Runs a step, and keeps it so that it can be run again at less cost. The step runs once as it
   * is; a device may then take down what it starts, and replay that.
   *
   * <p>So a step must do the same each time: ops on tensors that live longer than it does, and on
   * tensors that it allocates and ends itself. What changes from run to run is the content of the
   * former, uploaded before and downloaded after a run; a step itself neither uploads, downloads
   * nor synchronises, and gives back all memory that it takes. The replay holds on to the memory
   * that the step used, scratch included, until it is closed, and must be closed before a tensor
   * that the step refers to ends.
   *
   * @throws IllegalStateException if the step does what it must not
   */
  default Replay record(Runnable step) {
    step.run();
    return Replay.again(step);
  }

  /**
   * How long the device takes for what {@code work} starts, in milliseconds, from an idle device to
   * an idle device: in wall-clock time, or on a GPU by its own clock.
   */
  default double milliseconds(Runnable work) {
    synchronize();
    long start = System.nanoTime();
    work.run();
    synchronize();
    return (System.nanoTime() - start) * 1e-6;
  }

  /**
   * Whether an op that takes an F32 weight beside BF16 activations rounds it in a pass of its own,
   * each time: then a model does better to round all its weights in one pass a step.
   */
  default boolean roundsWeights() {
    return false;
  }

  /**
   * Whether tensors lie in a memory of the device's own, which the host reaches only by copies:
   * then data that is used again and again is better kept on the device.
   */
  default boolean hasOwnMemory() {
    return false;
  }

  /** Waits until all that was started has ended. */
  void synchronize();

  /** Ends the device, and every tensor on it whose scope has not been left. */
  @Override
  void close();
}
