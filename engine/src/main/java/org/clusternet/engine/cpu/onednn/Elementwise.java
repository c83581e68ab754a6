package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.Tensor;

/**
 * Element by element: functions of one tensor with their gradients, and sums of two tensors with an
 * optional ReLU. Order in memory does not matter to them, so every tensor is described as one long
 * row, whatever its rank.
 */
public final class Elementwise {
  private static final int FORWARD_TRAINING = 64;
  private static final int ADD = 0x1fff0;

  private Elementwise() {}

  /** The functions that are offered, {@code dnnl_eltwise_*}. */
  public enum Algorithm {
    /** max(x, 0); the gradient is found from y. */
    RELU(0x100, 0, Arg.DST),
    /** tanh(x); the gradient is found from y. */
    TANH(0x101, 0, Arg.DST),
    /** The square root; the gradient is found from y. */
    SQRT(0x103, 0, Arg.DST),
    /** 1 / (1 + exp(-x)); the gradient is found from y. */
    LOGISTIC(0x104, 0, Arg.DST),
    /** exp(x); the gradient is found from y. */
    EXP(0x105, 0, Arg.DST),
    /** x x. */
    SQUARE(0x23, 0, Arg.SRC),
    /** |x|. */
    ABS(0x24, 0, Arg.SRC),
    /** -x. */
    NEGATE(0x26, -1, Arg.SRC),
    /** The natural logarithm. */
    LOG(0x2d, 0, Arg.SRC);

    private final int code;
    private final float alpha;
    private final Arg saved;

    Algorithm(int code, float alpha, Arg saved) {
      this.code = code;
      this.alpha = alpha;
      this.saved = saved;
    }

    /** Which of the forward tensors backward reads: {@link Arg#SRC} or {@link Arg#DST}. */
    public Arg saved() {
      return saved;
    }
  }

  /**
   * {@code DST = SRC + SRC_1}, all of one shape and type; then ReLU if asked for. In place allowed.
   */
  public static Spec add(Tensor x, boolean relu) {
    return new Add(Descriptor.row(x), relu);
  }

  /** {@code DST = f(SRC)}, both of one shape and type. In place allowed. */
  public static Spec forward(Algorithm f, Tensor x) {
    return new Forward(f, Descriptor.row(x));
  }

  /**
   * {@code DIFF_SRC = DIFF_DST f'}, from the argument that {@link Algorithm#saved} names. In place
   * allowed.
   */
  public static Spec backward(Algorithm f, Tensor x) {
    return new Backward(f, Descriptor.row(x));
  }

  /** {@code DIFF_SRC = DIFF_DST where DST > 0, else 0}. In place allowed. */
  public static Spec reluBackward(Tensor y) {
    return backward(Algorithm.RELU, y);
  }

  private record Add(Descriptor x, boolean relu) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment data = s.md(x);
      MemorySegment attr = s.attributes(relu);
      return Api.create(
          this,
          out -> (int) s.api().binary.invokeExact(out, s.engine(), ADD, data, data, data, attr));
    }
  }

  private record Forward(Algorithm f, Descriptor x) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment data = s.md(x);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .eltwiseForward
                      .invokeExact(
                          out,
                          s.engine(),
                          FORWARD_TRAINING,
                          f.code,
                          data,
                          data,
                          f.alpha,
                          0f,
                          attr));
    }
  }

  private record Backward(Algorithm f, Descriptor x) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(f, x));
      MemorySegment data = s.md(x);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .eltwiseBackward
                      .invokeExact(
                          out, s.engine(), f.code, data, data, data, f.alpha, 0f, hint, attr));
    }
  }
}
