package org.clusternet.engine.op.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/** The inputs of a sample as numbers, the same for every device, exact in the type under test. */
public final class SampleValues {
  private final DType dtype;
  private final List<TensorType> types = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  /** Numbers for a sample run in {@code dtype}. */
  public SampleValues(Sample sample, DType dtype) {
    this.dtype = dtype;
    Random random = new Random(sample.name().hashCode());
    for (Sample.Input input : sample.inputs()) {
      TensorType type = new TensorType(elementType(input.role(), dtype), input.shape());
      types.add(type);
      values.add(numbers(input, type, random));
    }
  }

  /** The type under test, in which the numbers are exact. */
  public DType dtype() {
    return dtype;
  }

  /** Number of inputs. */
  public int count() {
    return types.size();
  }

  /**
   * The type of input {@code i} when the op is run in {@code other} in place of the type under
   * test.
   */
  public TensorType type(int i, DType other) {
    TensorType type = types.get(i);
    if (!type.dtype().isFloating()) {
      return type;
    }
    return type.as(type.dtype() == dtype ? other : Operands.parameterType(other));
  }

  /** The numbers of input {@code i}, in row-major order of the dimensions. */
  public double[] values(int i) {
    return values.get(i);
  }

  private static DType elementType(Sample.Role role, DType dtype) {
    return switch (role) {
      case ACTIVATION -> dtype;
      case PARAMETER -> Operands.parameterType(dtype);
      case INTEGER -> DType.I32;
      case BYTE -> DType.U8;
    };
  }

  private static double[] numbers(Sample.Input input, TensorType type, Random random) {
    double[] numbers = new double[(int) type.shape().elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = rounded(number(input, i, random), type.dtype());
    }
    return numbers;
  }

  private static double number(Sample.Input input, int i, Random random) {
    return switch (input.values()) {
      case NORMAL -> random.nextGaussian();
      case POSITIVE -> 0.5 + 1.5 * random.nextDouble();
      case AWAY_FROM_ZERO -> {
        double x = random.nextGaussian();
        yield x + Math.copySign(0.1, x);
      }
      case BELOW_LIMIT -> random.nextInt(input.limit());
      case GIVEN -> input.given()[i];
    };
  }

  /** Values that F32 and BF16 hold exactly, so that a comparison sees only the arithmetic. */
  public static double rounded(double value, DType dtype) {
    return switch (dtype) {
      case BF16 -> DType.bf16ToFloat(DType.floatToBf16((float) value));
      case F32 -> (float) value;
      default -> value;
    };
  }
}
