package org.clusternet.engine.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Dnn.Workspace;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Stream;

/**
 * One block that all convolutions use in turn; the order of the stream keeps them apart. It grows
 * to the largest that was asked for. Captured graphs know its address, so that a block that it has
 * outgrown is kept as long as there are any.
 */
final class SharedWorkspace implements AutoCloseable {
  private final Driver driver;
  private final Stream stream;
  private final Runnable trim;
  private final List<Workspace> outgrown = new ArrayList<>();
  private Workspace current = Workspace.NONE;
  private int graphs;

  /** A workspace; {@code trim} gives memory back to the driver where there is too little. */
  SharedWorkspace(Driver driver, Stream stream, Runnable trim) {
    this.driver = driver;
    this.stream = stream;
    this.trim = trim;
  }

  /**
   * At least so many bytes.
   *
   * @throws CudaException if the GPU has not that much
   */
  Workspace atLeast(long bytes) {
    if (bytes == 0) {
      return Workspace.NONE;
    }
    if (current.bytes() < bytes) {
      grow(bytes);
    }
    return current;
  }

  /**
   * What some work gives that needs so many bytes for once. If that is more than there is, it is
   * given back after the work.
   *
   * @throws CudaException if the GPU has not that much
   */
  <R> R lend(long bytes, Function<Workspace, R> work) {
    if (bytes <= current.bytes()) {
      return work.apply(current);
    }
    Workspace lent = new Workspace(take(bytes), bytes);
    try {
      return work.apply(lent);
    } finally {
      giveBack(lent);
    }
  }

  private void giveBack(Workspace lent) {
    try {
      driver.synchronize(stream);
    } finally {
      driver.free(lent.address());
    }
  }

  private void grow(long bytes) {
    retire(current);
    current = Workspace.NONE;
    current = new Workspace(take(bytes), bytes);
  }

  private long take(long bytes) {
    try {
      return driver.allocate(bytes);
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      trim.run();
      return driver.allocate(bytes);
    }
  }

  private void retire(Workspace workspace) {
    if (workspace.bytes() == 0) {
      return;
    }
    if (graphs > 0) {
      outgrown.add(workspace);
    } else {
      driver.synchronize(stream);
      driver.free(workspace.address());
    }
  }

  /** A graph was captured that may know the present block. */
  void keepForGraph() {
    graphs++;
  }

  /** Such a graph has ended. */
  void graphEnded() {
    graphs--;
    if (graphs == 0) {
      List<Workspace> freed = List.copyOf(outgrown);
      outgrown.clear();
      freed.forEach(this::retire);
    }
  }

  @Override
  public void close() {
    graphs = 0;
    outgrown.forEach(this::retire);
    outgrown.clear();
    retire(current);
    current = Workspace.NONE;
  }
}
