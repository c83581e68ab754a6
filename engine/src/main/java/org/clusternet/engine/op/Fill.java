package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/**
 * A tensor of one value.
 *
 * @param type type of the output
 * @param value value of every element, rounded to the element type
 */
@NotDifferentiable("it has no inputs")
public record Fill(TensorType type, double value) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of("Fill", Fill::samples, entry(Fill.class, FillCpu::run, FillCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands.of(this, inputs, 0);
    return List.of(type);
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("F64", new Fill(TensorType.of(DType.F64, 3, 5), -2.5)),
        Sample.of("F32", new Fill(TensorType.of(DType.F32, 2, 3, 4, 5), 0.1)),
        Sample.of("BF16", new Fill(TensorType.of(DType.BF16, 7), 3.140625)),
        Sample.of("I32 scalar", new Fill(TensorType.of(DType.I32), 7)),
        Sample.of("U8", new Fill(TensorType.of(DType.U8, 9, 1), 255)));
  }
}
