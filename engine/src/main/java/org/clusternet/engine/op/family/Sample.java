package org.clusternet.engine.op.family;

import java.util.List;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Shape;

/**
 * One call of an op for the generic tests, which choose the floating-point type and the numbers.
 *
 * @param name the special case that it covers
 * @param op the op with its attributes
 * @param inputs recipes of the inputs
 */
public record Sample(String name, Op op, List<Input> inputs) {

  /** A sample of the given inputs. */
  public static Sample of(String name, Op op, Input... inputs) {
    return new Sample(name, op, List.of(inputs));
  }

  /** What an input is for, which decides its element type. */
  public enum Role {
    /** Of the floating-point type under test. */
    ACTIVATION,
    /** F64 in tests of F64, F32 in all others. */
    PARAMETER,
    /** I32. */
    INTEGER,
    /** U8. */
    BYTE
  }

  /** Where the numbers come from. */
  public enum Values {
    /** Standard normal. */
    NORMAL,
    /** Uniform in [0.5, 2). */
    POSITIVE,
    /** Normal, but at least 0.1 away from zero: for functions with a kink there. */
    AWAY_FROM_ZERO,
    /** Whole numbers, uniform in [0, limit). */
    BELOW_LIMIT,
    /** The numbers given, in row-major order of the dimensions. */
    GIVEN
  }

  /**
   * How to make one input.
   *
   * @param role decides the element type
   * @param shape extents
   * @param values source of the numbers
   * @param limit the bound of {@link Values#BELOW_LIMIT}, else 0
   * @param given the numbers for {@link Values#GIVEN}, else none
   */
  public record Input(Role role, Shape shape, Values values, int limit, double[] given) {

    private static final double[] NONE = {};

    private static Input random(Role role, Values values, int... dims) {
      return new Input(role, Shape.of(dims), values, 0, NONE);
    }

    /** A normally distributed activation. */
    public static Input activation(int... dims) {
      return random(Role.ACTIVATION, Values.NORMAL, dims);
    }

    /** A positive activation. */
    public static Input positive(int... dims) {
      return random(Role.ACTIVATION, Values.POSITIVE, dims);
    }

    /** An activation without values near zero. */
    public static Input awayFromZero(int... dims) {
      return random(Role.ACTIVATION, Values.AWAY_FROM_ZERO, dims);
    }

    /** A normally distributed parameter. */
    public static Input parameter(int... dims) {
      return random(Role.PARAMETER, Values.NORMAL, dims);
    }

    /** A positive parameter. */
    public static Input positiveParameter(int... dims) {
      return random(Role.PARAMETER, Values.POSITIVE, dims);
    }

    /** Integers in [0, limit), for instance class labels. */
    public static Input below(int limit, int... dims) {
      return new Input(Role.INTEGER, Shape.of(dims), Values.BELOW_LIMIT, limit, NONE);
    }

    /** A mask of random zeros and ones. */
    public static Input mask(int... dims) {
      return new Input(Role.BYTE, Shape.of(dims), Values.BELOW_LIMIT, 2, NONE);
    }

    /** These numbers. */
    public static Input given(Role role, Shape shape, double... values) {
      return new Input(role, shape, Values.GIVEN, 0, values);
    }
  }
}
