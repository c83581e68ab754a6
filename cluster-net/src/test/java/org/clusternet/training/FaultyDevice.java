package org.clusternet.training;

import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/** A device on which the first outputs of one class of ops become infinite once it is told so. */
final class FaultyDevice extends ForwardingDevice {
  private final Class<? extends Op> broken;
  boolean faulty;

  FaultyDevice(Device inner, Class<? extends Op> broken) {
    super(inner);
    this.broken = broken;
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    super.run(op, inputs, outputs);
    if (faulty && broken.isInstance(op)) {
      double[] values = HostValues.get(this, outputs[0]);
      values[values.length / 2] = Double.POSITIVE_INFINITY;
      HostValues.set(this, outputs[0], values);
    }
  }
}
