package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * Direct convolution. Activations keep their channels-last layout; the weights' layout and, beside
 * BF16 activations, their BF16 copy are the library's choice, so weights pass through {@link
 * OneDnn#pack}. Weight gradients are accumulated in the weights' own type (F32 beside BF16).
 */
public final class Convolution {
  private static final int FORWARD_TRAINING = 64;
  private static final int DIRECT = 1;

  private Convolution() {}

  /** {@code y = x * w (+ bias)}; bias may be null. */
  public static Spec forward(Tensor x, Tensor w, Tensor bias, Tensor y, int stride, int padding) {
    return new Forward(
        Descriptor.of(x),
        Descriptor.any(x.dtype(), w.shape()),
        bias == null ? null : Descriptor.of(bias),
        Descriptor.of(y),
        stride,
        padding);
  }

  /** Gradient of x from that of y. */
  public static Spec backwardData(Tensor dx, Tensor w, Tensor dy, int stride, int padding) {
    return new BackwardData(
        Descriptor.of(dx),
        Descriptor.any(dx.dtype(), w.shape()),
        Descriptor.of(dy),
        stride,
        padding);
  }

  /** Gradient of w (and of the bias, unless null) from that of y. */
  public static Spec backwardWeights(
      Tensor x, Tensor dw, Tensor dbias, Tensor dy, int stride, int padding) {
    return new BackwardWeights(
        Descriptor.of(x),
        Descriptor.any(dw.dtype(), dw.shape()),
        dbias == null ? null : Descriptor.of(dbias),
        Descriptor.of(dy),
        stride,
        padding);
  }

  private record Forward(
      Descriptor x, Descriptor w, Descriptor bias, Descriptor y, int stride, int padding)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(x);
      MemorySegment weights = s.md(w);
      MemorySegment shift = s.md(bias);
      MemorySegment dst = s.md(y);
      MemorySegment strides = s.dims(stride, stride);
      MemorySegment dilation = s.dims(0, 0);
      MemorySegment left = s.dims(padding, padding);
      MemorySegment right = rightPadding(s, x, w, y, stride, padding);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
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
                          left,
                          right,
                          attr));
    }
  }

  private record BackwardData(Descriptor dx, Descriptor w, Descriptor dy, int stride, int padding)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(dx, w, null, dy, stride, padding));
      MemorySegment diffSrc = s.md(dx);
      MemorySegment weights = s.md(w);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = s.dims(stride, stride);
      MemorySegment dilation = s.dims(0, 0);
      MemorySegment left = s.dims(padding, padding);
      MemorySegment right = rightPadding(s, dx, w, dy, stride, padding);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
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
                          left,
                          right,
                          hint,
                          attr));
    }
  }

  private record BackwardWeights(
      Descriptor x, Descriptor dw, Descriptor dbias, Descriptor dy, int stride, int padding)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      DType activations = x.dtype();
      Descriptor w = new Descriptor(activations, dw.shape(), dw.layout());
      MemorySegment hint = s.hint(new Forward(x, w, dbias, dy, stride, padding));
      MemorySegment src = s.md(x);
      MemorySegment diffWeights = s.md(dw);
      MemorySegment diffBias = s.md(dbias);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = s.dims(stride, stride);
      MemorySegment dilation = s.dims(0, 0);
      MemorySegment left = s.dims(padding, padding);
      MemorySegment right = rightPadding(s, x, dw, dy, stride, padding);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
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
                          left,
                          right,
                          hint,
                          attr));
    }
  }

  /**
   * The library wants the padding that makes the sizes come out even; where the stride leaves
   * pixels over at the far edge, that is less than on the near one, possibly negative.
   */
  private static MemorySegment rightPadding(
      Session s, Descriptor x, Descriptor w, Descriptor y, int stride, int padding) {
    long[] right = new long[2];
    for (int d = 0; d < 2; d++) {
      long covered = (y.shape().dim(2 + d) - 1L) * stride + w.shape().dim(2 + d);
      right[d] = covered - x.shape().dim(2 + d) - padding;
    }
    return s.dims(right);
  }
}
