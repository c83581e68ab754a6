package org.clusternet.engine.cpu;

import org.clusternet.engine.spi.Op;

/** Class labels as the losses read them: one per row of logits (N, K). */
public final class ClassLabels {
  private ClassLabels() {}

  /**
   * The label of a row.
   *
   * @throws IllegalArgumentException if there is no such class, naming op, row, value and classes
   */
  public static int at(Op op, View labels, int row, int classes) {
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
