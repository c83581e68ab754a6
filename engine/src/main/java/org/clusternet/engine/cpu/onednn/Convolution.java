package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Direct convolution. Activations keep their channels-last layout; the weights' layout and, beside
 * BF16 activations, their BF16 copy are the library's choice, so weights pass through {@link
 * OneDnn#pack}. Weight gradients are accumulated in the weights' own type (F32 beside BF16).
 */
public final class Convolution {
  private static final int FORWARD_TRAINING = 64;
  private static final int DIRECT = 1;

  private Convolution() {}

  /** {@code y = x * w (+ bias)}, the bias where there is one. */
  public static Spec forward(
      Tensor x, Tensor w, @Nullable Tensor bias, Tensor y, int stride, int padding) {
    return forward(x, w, bias, y, stride, padding, After.NOTHING);
  }

  /** What is done to the sums before they are rounded to the type of y. */
  public enum After {
    /** Nothing. */
    NOTHING,
    /** A ReLU, which turns NaN into 0. */
    RELU,
    /** {@link Arg#ADDEND}, of the type of y, is added. */
    ADD,
    /** Both, in this order. */
    ADD_RELU
  }

  /** {@code y = after(x * w (+ bias))}, the bias where there is one. */
  public static Spec forward(
      Tensor x, Tensor w, @Nullable Tensor bias, Tensor y, int stride, int padding, After after) {
    return new Forward(
        Descriptor.of(x),
        Descriptor.any(x.dtype(), w.shape()),
        bias == null ? null : Descriptor.of(bias),
        Descriptor.of(y),
        new Window(w.dim(2), w.dim(3), stride, padding),
        after);
  }

  /** Gradient of x from that of y. */
  public static Spec backwardData(Tensor dx, Tensor w, Tensor dy, int stride, int padding) {
    return new BackwardData(
        Descriptor.of(dx),
        Descriptor.any(dx.dtype(), w.shape()),
        Descriptor.of(dy),
        new Window(w.dim(2), w.dim(3), stride, padding));
  }

  /** Gradient of w (and of the bias where there is one) from that of y. */
  public static Spec backwardWeights(
      Tensor x, Tensor dw, @Nullable Tensor dbias, Tensor dy, int stride, int padding) {
    return new BackwardWeights(
        Descriptor.of(x),
        Descriptor.any(dw.dtype(), dw.shape()),
        dbias == null ? null : Descriptor.of(dbias),
        Descriptor.of(dy),
        new Window(dw.dim(2), dw.dim(3), stride, padding));
  }

  private record Forward(
      Descriptor x,
      Descriptor w,
      @Nullable Descriptor bias,
      Descriptor y,
      Window window,
      After after)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(x);
      MemorySegment weights = s.md(w);
      MemorySegment shift = s.md(bias);
      MemorySegment dst = s.md(y);
      MemorySegment strides = window.strides(s);
      MemorySegment dilation = window.dilation(s);
      MemorySegment near = window.near(s);
      MemorySegment far = window.far(s, x, y);
      MemorySegment attr = attributes(s, dst);
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .convolutionForward
                      .invokeExact(
                          out,
                          s.engine(),
                          FORWARD_TRAINING,
                          DIRECT,
                          src,
                          weights,
                          shift,
                          dst,
                          strides,
                          dilation,
                          near,
                          far,
                          attr));
    }

    private MemorySegment attributes(Session s, MemorySegment dst) {
      return switch (after) {
        case NOTHING -> s.attributes();
        case RELU -> s.attributes(true);
        case ADD -> s.adding(dst, false);
        case ADD_RELU -> s.adding(dst, true);
      };
    }
  }

  private record BackwardData(Descriptor dx, Descriptor w, Descriptor dy, Window window)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(dx, w, null, dy, window, After.NOTHING));
      MemorySegment diffSrc = s.md(dx);
      MemorySegment weights = s.md(w);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = window.strides(s);
      MemorySegment dilation = window.dilation(s);
      MemorySegment near = window.near(s);
      MemorySegment far = window.far(s, dx, dy);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .convolutionBackwardData
                      .invokeExact(
                          out,
                          s.engine(),
                          DIRECT,
                          diffSrc,
                          weights,
                          diffDst,
                          strides,
                          dilation,
                          near,
                          far,
                          hint,
                          attr));
    }
  }

  private record BackwardWeights(
      Descriptor x, Descriptor dw, @Nullable Descriptor dbias, Descriptor dy, Window window)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      DType activations = x.dtype();
      Descriptor w = new Descriptor(activations, dw.shape(), dw.layout());
      MemorySegment hint = s.hint(new Forward(x, w, dbias, dy, window, After.NOTHING));
      MemorySegment src = s.md(x);
      MemorySegment diffWeights = s.md(dw);
      MemorySegment diffBias = s.md(dbias);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = window.strides(s);
      MemorySegment dilation = window.dilation(s);
      MemorySegment near = window.near(s);
      MemorySegment far = window.far(s, x, dy);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .convolutionBackwardWeights
                      .invokeExact(
                          out,
                          s.engine(),
                          DIRECT,
                          src,
                          diffWeights,
                          diffBias,
                          diffDst,
                          strides,
                          dilation,
                          near,
                          far,
                          hint,
                          attr));
    }
  }
}
