package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The product of two matrices of one floating-point type: a (m, k), or (k, m) where transposed; b
 * (k, n), or (n, k) where transposed; output (m, n). Its gradients are products again.
 *
 * @param transposeA whether the left operand is transposed
 * @param transposeB whether the right operand is transposed
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of("MatMul", MatMul::samples, entry(MatMul.class, MatMulCpu::run, MatMulCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 2).floating(0).rank(0, 2).rank(1, 2);
    TensorType a = operands.type(0);
    TensorType b = operands.type(1);
    operands.dtype(1, a.dtype());
    int left = a.dim(transposeA ? 0 : 1);
    int right = b.dim(transposeB ? 1 : 0);
    operands.require(left == right, "the inner extents differ: left=" + left + ", right=" + right);
    return List.of(TensorType.of(a.dtype(), a.dim(transposeA ? 1 : 0), b.dim(transposeB ? 0 : 1)));
  }

  @Override
  public void gradient(Gradient g) {
    Tensor a = g.input(0);
    Tensor b = g.input(1);
    Tensor u = g.upstream();
    if (transposeA) {
      g.set(0, new MatMul(transposeB, true), b, u);
    } else {
      g.set(0, new MatMul(false, !transposeB), u, b);
    }
    if (transposeB) {
      g.set(1, new MatMul(true, transposeA), u, a);
    } else {
      g.set(1, new MatMul(!transposeA, false), a, u);
    }
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (boolean left : new boolean[] {false, true}) {
      for (boolean right : new boolean[] {false, true}) {
        MatMul op = new MatMul(left, right);
        samples.add(of(op, 5, 7, 3));
        samples.add(of(op, 1, 1, 1));
        samples.add(of(op, 33, 1, 17));
        samples.add(of(op, 1, 40, 1));
      }
    }
    return samples;
  }

  private static Sample of(MatMul op, int m, int k, int n) {
    Sample.Input a = op.transposeA() ? activation(k, m) : activation(m, k);
    Sample.Input b = op.transposeB() ? activation(n, k) : activation(k, n);
    return Sample.of("%s of %d x %d x %d".formatted(op, m, k, n), op, a, b);
  }
}
