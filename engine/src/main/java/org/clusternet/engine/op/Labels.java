package org.clusternet.engine.op;

import org.clusternet.engine.cpu.View;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/** What the losses have in common: logits (N, K) beside one class label per row. */
final class Labels {
  private Labels() {}

  /** Operand 0 must be logits (N, K) in F64 or F32, operand 1 labels (N) in I32. */
  static Operands require(Operands operands) {
    operands.dtype(0, DType.F64, DType.F32).rank(0, 2);
    return operands.shape(1, Shape.of(operands.type(0).dim(0))).dtype(1, DType.I32);
  }

  /**
   * The label of a row.
   *
   * @throws IllegalArgumentException if there is no such class, naming op, row, value and classes
   */
  static int at(Op op, View labels, int row, int classes) {
    int label = (int) labels.get(row);
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          op
              + ": label of row="
              + row
              + " has value="
              + label
              + ", classes="
              + classes
              + "; labels count from 0 to classes - 1");
    }
    return label;
  }
}
