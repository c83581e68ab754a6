package org.clusternet.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Parameter;
import org.clusternet.nn.Parameters;

/** A copy of all parameters and buffers of a model in host memory, written over again and again. */
final class KeptWeights implements AutoCloseable {

  private record Copy(Tensor tensor, MemorySegment memory) {}

  private final Device device;
  private final Arena arena = Arena.ofShared();
  private final List<Copy> copies = new ArrayList<>();

  @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed with it
  KeptWeights(Parameters parameters) {
    this.device = parameters.device();
    add(parameters.values());
    parameters.all().stream()
        .filter(p -> !p.isTrainable())
        .map(Parameter::value)
        .forEach(this::add);
  }

  private void add(Tensor tensor) {
    copies.add(new Copy(tensor, arena.allocate(tensor.type().bytes(), Long.BYTES)));
  }

  void keep() {
    copies.forEach(copy -> device.download(copy.tensor(), copy.memory()));
  }

  void restore() {
    copies.forEach(copy -> device.upload(copy.memory(), copy.tensor()));
  }

  @Override
  public void close() {
    arena.close();
  }
}
