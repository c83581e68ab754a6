package org.clusternet.engine.testing;

import java.util.Set;
import java.util.function.Consumer;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/** A device that tells an observer of every op before it runs it. */
public final class RecordingDevice extends ForwardingDevice {
  private final Consumer<Op> observer;

  /** Wraps {@code inner}, adding the class of every op that is run to {@code run}. */
  public RecordingDevice(Device inner, Set<Class<?>> run) {
    this(inner, op -> run.add(op.getClass()));
  }

  /** Wraps {@code inner}. */
  public RecordingDevice(Device inner, Consumer<Op> observer) {
    super(inner);
    this.observer = observer;
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    observer.accept(op);
    super.run(op, inputs, outputs);
  }
}
