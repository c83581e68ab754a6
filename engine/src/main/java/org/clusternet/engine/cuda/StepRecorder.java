package org.clusternet.engine.cuda;

import java.util.HashSet;
import java.util.Set;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.spi.Replay;
import org.clusternet.engine.tensor.MemoryPool;

/**
 * Records steps as CUDA graphs, which are captured from the stream that computes.
 *
 * <p>The second run of a step, the captured one, takes its memory from a reserve of the pool (see
 * {@link MemoryPool#reserve}) that is filled with what the first run gave back, and that belongs to
 * the replay from then on: later tensors cannot be placed where a replay writes.
 */
final class StepRecorder {
  private final Object device;
  private final Driver driver;
  private final Stream compute;
  private final DriverMemory source;
  private final MemoryPool memory;
  private final SharedWorkspace workspace;
  private final Set<Captured> replays = new HashSet<>();
  private boolean capturing;

  /**
   * A recorder. Its methods are called under the device's lock, which replays take themselves.
   *
   * @param device the lock
   * @param driver the driver, which captures
   * @param compute the stream that computes
   * @param source the source of the pool's memory; none may be taken during a capture
   * @param memory the pool
   * @param workspace memory of the libraries, which graphs refer to
   */
  StepRecorder(
      Object device,
      Driver driver,
      Stream compute,
      DriverMemory source,
      MemoryPool memory,
      SharedWorkspace workspace) {
    this.device = device;
    this.driver = driver;
    this.compute = compute;
    this.source = source;
    this.memory = memory;
    this.workspace = workspace;
  }

  /** Whether a step is being captured. */
  boolean isCapturing() {
    return capturing;
  }

  /**
   * Requires that no step is being captured.
   *
   * @param what the call that a step must not make
   */
  void requireNoCapture(String what) {
    if (capturing) {
      throw new IllegalStateException(
          "record: " + what + " within the step; do it before or after a run of the replay");
    }
  }

  /** Runs the step twice, the second time captured; see {@link CudaDevice#record}. */
  Replay record(Runnable step) {
    requireNoCapture("another recording");
    step.run();
    MemoryPool.Reserve reserve = memory.reserve();
    try {
      Captured replay = new Captured(capture(step), reserve);
      reserve.end();
      workspace.keepForGraph();
      replays.add(replay);
      return replay;
    } catch (RuntimeException | Error e) {
      reserve.close();
      throw e;
    }
  }

  private ExecutableGraph capture(Runnable step) {
    driver.beginCapture(compute);
    capturing(true);
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      capturing(false);
      abandon(e);
      throw e;
    }
    capturing(false);
    return driver.endCapture(compute);
  }

  private void capturing(boolean now) {
    capturing = now;
    source.capturing(now);
  }

  /** Ends a capture of which nothing is wanted any more; the driver may refuse to make a graph. */
  private void abandon(Throwable reason) {
    try {
      driver.destroy(driver.endCapture(compute));
    } catch (CudaException e) {
      reason.addSuppressed(e);
    }
  }

  /** Ends all replays; nothing may be in flight. */
  void close() {
    replays.forEach(Captured::end);
    replays.clear();
  }

  /** A graph and the memory that it works on. */
  private final class Captured implements Replay {
    private final ExecutableGraph graph;
    private final MemoryPool.Reserve reserve;

    Captured(ExecutableGraph graph, MemoryPool.Reserve reserve) {
      this.graph = graph;
      this.reserve = reserve;
    }

    @Override
    public void run() {
      synchronized (device) {
        requireNoCapture("a replay");
        if (!replays.contains(this)) {
          throw new IllegalStateException("replay: it was closed");
        }
        driver.launch(graph, compute);
      }
    }

    @Override
    public void close() {
      synchronized (device) {
        if (replays.remove(this)) {
          end();
        }
      }
    }

    private void end() {
      driver.synchronize(compute);
      driver.destroy(graph);
      reserve.close();
      workspace.graphEnded();
    }
  }
}
