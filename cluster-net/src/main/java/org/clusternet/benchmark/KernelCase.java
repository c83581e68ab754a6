package org.clusternet.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * One call of an op on tensors of its own.
 *
 * @param name name in the report and for the filter
 * @param op the op
 * @param inputs types of its inputs
 * @param bytes bytes that it must move, as stated in its kernel's header; more than inputs and
 *     outputs where the op must read its input twice
 * @param integers values of integer inputs, chosen at random
 */
record KernelCase(
    String name, Op op, List<TensorType> inputs, double bytes, List<Integer> integers) {

  /** The integers of masks. */
  static final List<Integer> BITS = List.of(0, 1);

  /** A case that reads each input once and writes each output once. */
  static KernelCase once(String name, Op op, TensorType... inputs) {
    return once(name, op, BITS, inputs);
  }

  /** The same, with values for integer inputs. */
  static KernelCase once(String name, Op op, List<Integer> integers, TensorType... inputs) {
    double bytes = 0;
    for (TensorType type : inputs) {
      bytes += type.bytes();
    }
    for (TensorType type : op.infer(List.of(inputs))) {
      bytes += type.bytes();
    }
    return new KernelCase(name, op, List.of(inputs), bytes, integers);
  }

  /** Milliseconds of a call. */
  Statistics measure(Device device, Timing timing) {
    try (BenchCase.Opened opened = open(device)) {
      return timing.ofRecorded(device, opened::run);
    }
  }

  /** Its operands on a device, ready to be run. */
  BenchCase.Opened open(Device device) {
    Scope scope = device.scope();
    try {
      List<Tensor> in = new ArrayList<>();
      for (TensorType type : inputs) {
        in.add(isBox(type) ? wholeImages(device, scope, type) : random(device, scope, type));
      }
      List<TensorType> types = op.infer(inputs);
      Tensor[] out = new Tensor[types.size()];
      for (int k = 0; k < out.length; k++) {
        int place = op.inPlace(k);
        out[k] = place < 0 ? scope.allocate(types.get(k)) : in.get(place);
      }
      return new Operands(device, op, in.toArray(Tensor[]::new), out, scope);
    } catch (RuntimeException | OutOfMemoryError e) {
      scope.close();
      throw e;
    }
  }

  private record Operands(Device device, Op op, Tensor[] in, Tensor[] out, Scope scope)
      implements BenchCase.Opened {
    @Override
    public void run() {
      device.run(op, in, out);
    }

    @Override
    public void close() {
      device.synchronize();
      scope.close();
    }
  }

  private Tensor random(Device device, Scope scope, TensorType type) {
    return RandomTensors.of(device, scope, type, integers);
  }

  private static boolean isBox(TensorType type) {
    return type.dtype() == DType.I32 && type.shape().rank() == 2;
  }

  /** Boxes that contain the whole of each image, which is input 0. */
  private Tensor wholeImages(Device device, Scope scope, TensorType type) {
    TensorType image = inputs.get(0);
    double[] boxes = new double[(int) type.shape().elements()];
    for (int i = 0; i < boxes.length; i += 4) {
      boxes[i + 2] = image.dim(3) - 1;
      boxes[i + 3] = image.dim(2) - 1;
    }
    return HostValues.of(device, scope, type, boxes);
  }
}
