package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.assertRefused;
import static org.clusternet.engine.testing.Calls.dims;
import static org.clusternet.engine.testing.Calls.f64;
import static org.clusternet.engine.testing.Calls.i32;
import static org.clusternet.engine.testing.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Calls.Numbers;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Softmax and the losses on two rows of three classes, worked out from the paper's formulae. */
class LossTest {
  private static final Device CPU = Devices.cpu(1);
  private static final double TIGHT = 1e-14;

  private static final double[] ONE = {1};
  private static final Numbers LOGITS = f64(dims(2, 3), 0.5, -1, 2, 1.5, 0.25, -0.75);
  private static final Numbers LABELS = i32(dims(2), 1, 0);
  private static final Numbers WEIGHTS = f64(dims(3), 0.2, 0.7, 0.4);

  // The probabilities of the two rows, from the definition.
  private static final double SUM_1 = Math.exp(0.5) + Math.exp(-1) + Math.exp(2);
  private static final double SUM_2 = Math.exp(1.5) + Math.exp(0.25) + Math.exp(-0.75);
  private static final double[] P = {
    Math.exp(0.5) / SUM_1, Math.exp(-1) / SUM_1, Math.exp(2) / SUM_1,
    Math.exp(1.5) / SUM_2, Math.exp(0.25) / SUM_2, Math.exp(-0.75) / SUM_2
  };

  @AfterAll
  static void close() {
    CPU.close();
  }

  @Test
  void softmaxIsExponentialsDividedByTheirSum() {
    assertClose("softmax", P, Calls.run(CPU, new Softmax(), LOGITS)[0], TIGHT, 0);
    double[] logP = Arrays.stream(P).map(Math::log).toArray();
    assertClose("log-softmax", logP, Calls.run(CPU, Softmax.logarithm(), LOGITS)[0], TIGHT, 0);
  }

  @Test
  void crossEntropyIsDividedByTheNumberOfRows() {
    double[][] outputs = Calls.run(CPU, new WeightedCrossEntropy(), LOGITS, LABELS, WEIGHTS);
    double loss = -(0.7 * Math.log(P[1]) + 0.2 * Math.log(P[3])) / 2;
    assertClose("loss", new double[] {loss}, outputs[0], TIGHT, 0);
    assertClose("probabilities", P, outputs[1], TIGHT, 0);
  }

  @Test
  void crossEntropyGradientsAreThoseOfTheFormula() {
    Op op = new WeightedCrossEntropy();
    double[] byLogits = {
      0.7 / 2 * P[0], 0.7 / 2 * (P[1] - 1), 0.7 / 2 * P[2],
      0.2 / 2 * (P[3] - 1), 0.2 / 2 * P[4], 0.2 / 2 * P[5]
    };
    double[] byWeights = {-Math.log(P[3]) / 2, -Math.log(P[1]) / 2, 0};
    assertClose(
        "by logits", byLogits, Calls.gradient(CPU, op, 0, ONE, LOGITS, LABELS, WEIGHTS), TIGHT, 0);
    assertClose(
        "by weights",
        byWeights,
        Calls.gradient(CPU, op, 2, ONE, LOGITS, LABELS, WEIGHTS),
        TIGHT,
        0);
  }

  @Test
  void cramerDistanceIsTheSquaredDistanceOfTheDistributions() {
    // Row 1 has label 1: onehot (0, 1, 0), CDF (0, 1, 1). Row 2 has label 0: CDF (1, 1, 1).
    double row1 = sq(P[0]) + sq(P[0] + P[1] - 1) + sq(P[0] + P[1] + P[2] - 1);
    double row2 = sq(P[3] - 1) + sq(P[3] + P[4] - 1) + sq(P[3] + P[4] + P[5] - 1);
    double[] loss = Calls.run(CPU, new CramerDistance(), LOGITS, LABELS)[0];
    assertClose("loss", new double[] {(row1 + row2) / 2}, loss, TIGHT, 0);
  }

  private static double sq(double x) {
    return x * x;
  }

  @Test
  void cramerDistanceGrowsWithTheNumberOfClassesMissedBy() {
    Numbers sure = f64(dims(1, 3), 50, 0, 0);
    double[] distances = new double[3];
    for (int label = 0; label < 3; label++) {
      distances[label] = Calls.run(CPU, new CramerDistance(), sure, i32(dims(1), label))[0][0];
    }
    assertClose("distances", new double[] {0, 1, 2}, distances, 1e-12, 0);
  }

  @Test
  void cramerDistanceOfAGoodPredictionKeepsItsDigits() {
    // p = (1, q, q) / (1 + 2q) with q = exp(-30): d = (-2q, -q, 0) / (1 + 2q).
    double q = Math.exp(-30) / (1 + 2 * Math.exp(-30));
    Numbers good = f64(dims(1, 3), 30, 0, 0);
    double[] loss = Calls.run(CPU, new CramerDistance(), good, i32(dims(1), 0))[0];
    assertClose("loss", new double[] {5 * q * q}, loss, 1e-13, 0);
  }

  @Test
  void logitsOfAnySizeGiveFiniteNumbers() {
    Numbers huge = f64(dims(2, 3), 1e4, -1e4, 0, -1e4, -1e4, 1e4);
    Numbers labels = i32(dims(2), 1, 1);
    assertClose(
        "softmax",
        new double[] {1, 0, 0, 0, 0, 1},
        Calls.run(CPU, new Softmax(), huge)[0],
        0,
        1e-300);
    assertClose(
        "log-softmax",
        new double[] {0, -2e4, -1e4, -2e4, -2e4, 0},
        Calls.run(CPU, Softmax.logarithm(), huge)[0],
        TIGHT,
        0);
    double[] loss = Calls.run(CPU, new WeightedCrossEntropy(), huge, labels, WEIGHTS)[0];
    assertClose("cross entropy", new double[] {0.7 * 2e4}, loss, TIGHT, 0);
    assertClose(
        "its gradient",
        new double[] {0.35, -0.35, 0, 0, -0.35, 0.35},
        Calls.gradient(CPU, new WeightedCrossEntropy(), 0, ONE, huge, labels, WEIGHTS),
        TIGHT,
        0);
    double[] cramer = Calls.run(CPU, new CramerDistance(), huge, labels)[0];
    assertClose("Cramer distance", new double[] {1}, cramer, TIGHT, 0);
    for (double g : Calls.gradient(CPU, new CramerDistance(), 0, ONE, huge, labels)) {
      assertTrue(Double.isFinite(g));
    }
  }

  @Test
  void notANumberIsNotHidden() {
    Numbers bad = f64(dims(2, 3), 1, Double.NaN, 0, 1, 2, 3);
    Numbers labels = i32(dims(2), 0, 0);
    double entropy = Calls.run(CPU, new WeightedCrossEntropy(), bad, labels, WEIGHTS)[0][0];
    assertTrue(Double.isNaN(entropy));
    assertTrue(Double.isNaN(Calls.run(CPU, new CramerDistance(), bad, labels)[0][0]));
  }

  @Test
  void aLabelThatIsNoClassIsNamed() {
    Numbers labels = i32(dims(2), 2, 3);
    IllegalArgumentException entropy =
        assertThrows(
            IllegalArgumentException.class,
            () -> Calls.run(CPU, new WeightedCrossEntropy(), LOGITS, labels, WEIGHTS));
    assertEquals(
        "WeightedCrossEntropy[]: label of row=1 has value=3, classes=3; labels count from 0 to"
            + " classes - 1",
        Messages.of(entropy));
    IllegalArgumentException cramer =
        assertThrows(
            IllegalArgumentException.class,
            () -> Calls.run(CPU, new CramerDistance(), LOGITS, i32(dims(2), -1, 0)));
    assertEquals(
        "CramerDistance[]: label of row=0 has value=-1, classes=3; labels count from 0 to"
            + " classes - 1",
        Messages.of(cramer));
  }

  @Test
  void anErrorNamesTheOperandThatDoesNotFit() {
    TensorType logits = TensorType.of(DType.F32, 8, 3);
    TensorType labels = TensorType.of(DType.I32, 8);
    TensorType weights = TensorType.of(DType.F32, 3);
    Op entropy = new WeightedCrossEntropy();
    assertRefused(
        "WeightedCrossEntropy[] of BF16(8, 3), I32(8), F32(3): operand 0 must be F64 or F32",
        entropy,
        logits.as(DType.BF16),
        labels,
        weights);
    assertRefused(
        "WeightedCrossEntropy[] of F32(8, 3), I32(7), F32(3): operand 1 must have shape (8)",
        entropy,
        logits,
        TensorType.of(DType.I32, 7),
        weights);
    assertRefused(
        "WeightedCrossEntropy[] of F32(8, 3), F32(8), F32(3): operand 1 must be I32",
        entropy,
        logits,
        labels.as(DType.F32),
        weights);
    assertRefused(
        "WeightedCrossEntropy[] of F32(8, 3), I32(8), F32(4): operand 2 must have shape (3)",
        entropy,
        logits,
        labels,
        TensorType.of(DType.F32, 4));
    assertRefused(
        "CramerDistance[] of F32(8), I32(8): operand 0 must have rank 2",
        new CramerDistance(),
        TensorType.of(DType.F32, 8),
        labels);
    assertRefused(
        "Softmax[log=false] of F32(2, 3, 4): operand 0 must have rank 2",
        new Softmax(),
        TensorType.of(DType.F32, 2, 3, 4));
    assertRefused(
        "Softmax[log=true] of I32(8): operand 0 must be F64, F32 or BF16",
        Softmax.logarithm(),
        labels);
  }
}
