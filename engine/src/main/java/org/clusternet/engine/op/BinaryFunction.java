package org.clusternet.engine.op;

import java.util.function.DoubleBinaryOperator;

/** The pointwise functions of two numbers: a row each of name, f(a, b), df/da, df/db. */
public enum BinaryFunction {
  /** Sum. */
  ADD((a, b) -> a + b, (a, b) -> 1, (a, b) -> 1),
  /** Difference. */
  SUB((a, b) -> a - b, (a, b) -> 1, (a, b) -> -1),
  /** Product. */
  MUL((a, b) -> a * b, (a, b) -> b, (a, b) -> a),
  /** Quotient. */
  DIV((a, b) -> a / b, (a, b) -> 1 / b, (a, b) -> -a / (b * b)),
  /** The larger; at a tie the gradient is the first operand's. */
  MAX(Math::max, (a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 0 : 1),
  /** The smaller; at a tie the gradient is the first operand's. */
  MIN(Math::min, (a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 0 : 1);

  private final DoubleBinaryOperator f;
  private final DoubleBinaryOperator dfa;
  private final DoubleBinaryOperator dfb;

  BinaryFunction(DoubleBinaryOperator f, DoubleBinaryOperator dfa, DoubleBinaryOperator dfb) {
    this.f = f;
    this.dfa = dfa;
    this.dfb = dfb;
  }

  double value(double a, double b) {
    return f.applyAsDouble(a, b);
  }

  /** The derivative by operand 0 or 1. */
  double derivative(int operand, double a, double b) {
    return (operand == 0 ? dfa : dfb).applyAsDouble(a, b);
  }
}
