package org.clusternet.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;

/**
 * A copy of named tensors in host memory, which each {@link #keep} overwrites. It takes no memory
 * before the first.
 */
final class KeptWeights implements AutoCloseable {
  private final Device device;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Tensor> tensors;
  private final Map<String, MemorySegment> copies = new LinkedHashMap<>();

  @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed with it
  KeptWeights(Device device, Map<String, Tensor> tensors) {
    this.device = device;
    this.tensors = tensors;
  }

  void keep() {
    tensors.forEach(
        (name, tensor) -> {
          long bytes = tensor.type().bytes();
          device.download(
              tensor, copies.computeIfAbsent(name, n -> arena.allocate(bytes, Long.BYTES)));
        });
  }

  void restore() {
    copies.forEach(
        (name, copy) -> device.upload(copy, Objects.requireNonNull(tensors.get(name), name)));
  }

  /** The copies themselves, by name. */
  Map<String, MemorySegment> copies() {
    return copies;
  }

  @Override
  public void close() {
    arena.close();
  }
}
