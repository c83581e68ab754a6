package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.op.AdamStep;
import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Concat;
import org.clusternet.engine.op.CramerDistance;
import org.clusternet.engine.op.GlobalAveragePool;
import org.clusternet.engine.op.MaxPool;
import org.clusternet.engine.op.Softmax;
import org.clusternet.engine.op.SumTo;
import org.clusternet.engine.op.Unary;
import org.clusternet.engine.op.UnaryFunction;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.op.family.Sample.Input;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.testing.OpChecks;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The network's own ops on shapes that their samples do not have, at small and large blocks:
 * vectors with and without a rest, more rows than blocks, sums in several launches, stretching in
 * every pattern, tensors that lie in another order in memory.
 */
class CudaShapesTest {
  private static final int[] BLOCKS = {32, 96, 1024};
  private static final double F32_BOUND = 1e-5;
  private static final double BF16_BOUND = 1.0 / 64;

  @TestFactory
  Stream<DynamicTest> samples() {
    return samplesOfAllShapes().stream().flatMap(CudaShapesTest::tests);
  }

  private static Stream<DynamicTest> tests(Sample sample) {
    boolean activations =
        sample.inputs().stream().anyMatch(input -> input.role() == Sample.Role.ACTIVATION);
    List<DynamicTest> tests = new ArrayList<>();
    for (int threads : BLOCKS) {
      String name = sample.op().name() + " " + sample.name() + ", " + threads + " threads, ";
      tests.add(dynamicTest(name + "F32", () -> check(sample, DType.F32, F32_BOUND, threads)));
      if (activations) {
        tests.add(dynamicTest(name + "BF16", () -> check(sample, DType.BF16, BF16_BOUND, threads)));
      }
    }
    return tests.stream();
  }

  private static void check(Sample sample, DType dtype, double bound, int threads) {
    CudaSettings settings = EmulatedGpu.settings().blocks(threads);
    try (Device oracle = Devices.plainCpu(1);
        Device device = EmulatedGpu.device(Order.COMPUTE_FIRST, settings)) {
      OpChecks.agreement(oracle, device, sample, dtype, bound);
    }
  }

  private static List<Sample> samplesOfAllShapes() {
    List<Sample> samples = new ArrayList<>();
    batchNorm(samples, false, 2, 64, 7, 9);
    batchNorm(samples, true, 3, 7, 5, 4);
    batchNorm(samples, true, 1, 264, 3, 3);
    batchNorm(samples, false, 9, 8, 11, 10);
    Op add = new Binary(BinaryFunction.ADD);
    Op div = new Binary(BinaryFunction.DIV);
    samples.add(
        of("alternating", div, Input.activation(2, 1, 3, 1, 2), Input.positive(4, 1, 5, 1)));
    samples.add(of("image and its reverse", div, image(), Input.positive(3, 5, 4)));
    samples.add(of("image and rows", add, image(), Input.activation(5, 1)));
    samples.add(of("channels, whole runs", div, Input.activation(2, 16, 3, 3), positive(16)));
    samples.add(of("equal, with a rest", div, Input.activation(1003), Input.positive(1003)));
    for (int[] to :
        new int[][] {{3, 5, 4}, {1, 3, 1, 4}, {2, 1, 5, 1}, {5, 4}, {2, 3, 5, 4}, {3, 1, 4}}) {
      samples.add(of("image", new SumTo(Shape.of(to)), image()));
      samples.add(
          of("to an image", new SumTo.BroadcastTo(Shape.of(2, 3, 5, 4)), Input.activation(to)));
    }
    Op scalar = new SumTo(Shape.SCALAR);
    samples.add(of("long, whole runs", scalar, Input.activation(12_288)));
    samples.add(of("long, with a rest", scalar, Input.activation(4099)));
    samples.add(of("bias", new SumTo(Shape.of(17)), Input.activation(300, 17)));
    samples.add(of("many rows", new SumTo(Shape.of(64)), Input.activation(700, 64)));
    samples.add(of("rank 5", new SumTo(Shape.of(1, 3, 1, 5, 1)), Input.activation(2, 3, 4, 5, 6)));
    samples.add(of("channels", new GlobalAveragePool(), Input.activation(3, 64, 9, 7)));
    samples.add(of("large image", new GlobalAveragePool(), Input.activation(1, 5, 31, 33)));
    samples.add(of("stem", new MaxPool(3, 2, 1), Input.activation(2, 64, 17, 16)));
    samples.add(of("wide", new MaxPool(5, 2, 2), Input.activation(1, 9, 11, 8)));
    samples.add(of("100 classes", new Softmax(), Input.activation(7, 100)));
    samples.add(of("100 rows", Softmax.logarithm(), Input.activation(100, 3)));
    samples.add(of("images of whole runs", new Concat(1), images(16), images(8)));
    samples.add(of("images of odd runs", new Concat(1), images(5), images(3)));
    samples.add(of("with a rest", new Unary(UnaryFunction.TANH), Input.activation(5, 7, 3, 11)));
    samples.add(
        of(
            "300 rows",
            new WeightedCrossEntropy(),
            Input.parameter(300, 4),
            Input.below(4, 300),
            Input.positiveParameter(4)));
    samples.add(of("300 rows", new CramerDistance(), Input.parameter(300, 4), Input.below(4, 300)));
    samples.add(adam(4 * 1024 + 3));
    return samples;
  }

  private static Sample of(String name, Op op, Input... inputs) {
    return Sample.of(name, op, inputs);
  }

  private static Input image() {
    return Input.activation(2, 3, 5, 4);
  }

  private static Input images(int channels) {
    return Input.activation(2, channels, 3, 5);
  }

  private static Input positive(int channels) {
    return Input.positive(channels, 1, 1);
  }

  private static void batchNorm(List<Sample> samples, boolean residual, int... dims) {
    Input c = Input.parameter(dims[1]);
    Input variance = Input.positiveParameter(dims[1]);
    List<Input> inputs = new ArrayList<>(List.of(Input.activation(dims), c, c, c, variance));
    if (residual) {
      inputs.add(Input.activation(dims));
    }
    String name = Shape.of(dims) + (residual ? ", residual" : "");
    for (boolean relu : new boolean[] {false, true}) {
      samples.add(new Sample(name + relu, new BatchNorm(1e-5, 0.1, relu), inputs));
      samples.add(new Sample(name + relu, new BatchNorm.Inference(1e-5, relu), inputs));
    }
  }

  private static Sample adam(int n) {
    Input schedule = Input.given(Sample.Role.PARAMETER, Shape.of(3), 1e-3, 0.1, 0.001);
    Input p = Input.parameter(n);
    return of(
        "with a rest",
        new AdamStep(0.9, 0.999, 1e-8),
        p,
        p,
        p,
        Input.positiveParameter(n),
        schedule);
  }
}
