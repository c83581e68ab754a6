package org.clusternet.examples;

import java.util.Arrays;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Linear;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Tensors, scopes, ops and gradients, on a problem that can be followed by hand: the squared error
 * of a linear map, {@code L = sum((x W^T + b - t)^2)}, and its gradient.
 */
public final class TensorBasics {
  private TensorBasics() {}

  /**
   * The loss and its gradients, in row-major order.
   *
   * @param loss L
   * @param weight dL/dW (2, 3)
   * @param bias dL/db (2)
   */
  public record Gradients(double loss, double[] weight, double[] bias) {}

  /** Prints two sums, and a loss with its gradients; the argument is a device, or else auto. */
  public static void main(String[] args) {
    try (Device device = Devices.open(args.length > 0 ? args[0] : "auto", 0)) {
      System.out.println(device.describe());
      System.out.println("sum " + Arrays.toString(sum(device)));
      Gradients gradients = gradients(device);
      System.out.println("L = " + gradients.loss());
      System.out.println("dL/dW = " + Arrays.toString(gradients.weight()));
      System.out.println("dL/db = " + Arrays.toString(gradients.bias()));
      System.out.println("live bytes at the end: " + device.memory().liveBytes());
    }
  }

  /**
   * Adds a row to each row of a matrix. Tensors live in a scope: leaving it returns their memory at
   * once. An op is a record; an {@link Eager} executor runs it and allocates what it returns.
   */
  public static double[] sum(Device device) {
    try (Scope scope = device.scope()) {
      Tensor matrix = scope.allocate(TensorType.of(DType.F32, 2, 3));
      Tensor row = scope.allocate(TensorType.of(DType.F32, 1, 3));
      HostValues.set(device, matrix, 1, 2, 3, 4, 5, 6);
      HostValues.set(device, row, 10, 20, 30);
      Eager run = new Eager(device, scope);
      return HostValues.get(device, run.apply(new Binary(BinaryFunction.ADD), matrix, row));
    }
  }

  /**
   * Runs the loss on a {@link Tape} and walks it backwards. A tape is an executor that remembers
   * what it ran; it computes gradients of the tensors that it was asked to watch.
   */
  public static Gradients gradients(Device device) {
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor x = scope.allocate(TensorType.of(DType.F64, 2, 3));
      Tensor weight = scope.allocate(TensorType.of(DType.F64, 2, 3));
      Tensor bias = scope.allocate(TensorType.of(DType.F64, 2));
      Tensor target = scope.allocate(TensorType.of(DType.F64, 2, 2));
      HostValues.set(device, x, 1, 2, 3, 0, -1, 1);
      HostValues.set(device, weight, 1, 0, -1, 2, 1, 0);
      HostValues.set(device, bias, 0.5, -0.5);
      HostValues.set(device, target, 0, 1, 1, 0);
      tape.watch(weight);
      tape.watch(bias);
      Tensor y = tape.apply(new Linear(), x, weight, bias);
      Tensor error = tape.apply(new Binary(BinaryFunction.SUB), y, target);
      Tensor squares = tape.apply(new Unary(UnaryFunction.SQUARE), error);
      Tensor loss = tape.retain(tape.apply(new SumTo(Shape.SCALAR), squares));
      tape.backward(loss);
      return new Gradients(
          HostValues.get(device, loss)[0],
          HostValues.get(device, tape.gradient(weight)),
          HostValues.get(device, tape.gradient(bias)));
    }
  }
}
