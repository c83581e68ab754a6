package org.clusternet.engine.op;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The pointwise functions of one number: a row each of name, y = f(x), and dy/dx in terms of x and
 * y. NaN goes through every one of them.
 */
public enum UnaryFunction {
  /** The larger of x and 0; the gradient at 0 is 0. */
  RELU(x -> Math.max(x, 0), (x, y) -> y > 0 ? 1 : 0),
  /** e to the power x. */
  EXP(Math::exp, (x, y) -> y),
  /** Natural logarithm. */
  LOG(Math::log, (x, y) -> 1 / x),
  /** Square root. */
  SQRT(Math::sqrt, (x, y) -> 0.5 / y),
  /** x squared. */
  SQUARE(x -> x * x, (x, y) -> 2 * x),
  /** -x. */
  NEG(x -> -x, (x, y) -> -1),
  /** Absolute value; the gradient at 0 is 0. */
  ABS(Math::abs, (x, y) -> Math.signum(x)),
  /** The logistic function 1 / (1 + exp(-x)). */
  SIGMOID(x -> 1 / (1 + Math.exp(-x)), (x, y) -> y * (1 - y)),
  /** Hyperbolic tangent. */
  TANH(Math::tanh, (x, y) -> 1 - y * y),
  /** 1 / x. */
  RECIPROCAL(x -> 1 / x, (x, y) -> -y * y);

  private final DoubleUnaryOperator f;
  private final DoubleBinaryOperator df;

  UnaryFunction(DoubleUnaryOperator f, DoubleBinaryOperator df) {
    this.f = f;
    this.df = df;
  }

  double value(double x) {
    return f.applyAsDouble(x);
  }

  /** The derivative at x, where y = f(x). */
  double derivative(double x, double y) {
    return df.applyAsDouble(x, y);
  }
}
