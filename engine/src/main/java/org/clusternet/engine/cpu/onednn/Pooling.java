package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * Maximum and average pooling. Maximum pooling saves in its WORKSPACE, per output, the position in
 * the window that won: a U8 tensor laid out like the output, which is also the engine's own format.
 */
public final class Pooling {
  private static final int FORWARD_TRAINING = 64;
  private static final int MAX = 0x1ff;
  private static final int AVERAGE = 0x2ff;

  private Pooling() {}

  /** Maximum over square windows. */
  public static Spec maxForward(Tensor x, Tensor y, int kernel, int stride, int padding) {
    return new Forward(
        MAX, Descriptor.of(x), Descriptor.of(y), Window.square(kernel, stride, padding));
  }

  /** Gradient of {@link #maxForward}. */
  public static Spec maxBackward(Tensor dx, Tensor dy, int kernel, int stride, int padding) {
    return new Backward(
        MAX, Descriptor.of(dx), Descriptor.of(dy), Window.square(kernel, stride, padding));
  }

  /** Mean over all of (H, W): x (N, C, H, W) to y (N, C). */
  public static Spec globalAverageForward(Tensor x, Tensor y) {
    return new Forward(AVERAGE, Descriptor.of(x), asImage(y), Window.whole(x.shape()));
  }

  /** Gradient of {@link #globalAverageForward}. */
  public static Spec globalAverageBackward(Tensor dx, Tensor dy) {
    return new Backward(AVERAGE, Descriptor.of(dx), asImage(dy), Window.whole(dx.shape()));
  }

  private static Descriptor asImage(Tensor vectors) {
    return Descriptor.of(vectors).reshaped(Shape.of(vectors.dim(0), vectors.dim(1), 1, 1));
  }

  private record Window(int height, int width, int stride, int padding) {
    static Window square(int kernel, int stride, int padding) {
      return new Window(kernel, kernel, stride, padding);
    }

    static Window whole(Shape image) {
      return new Window(image.dim(2), image.dim(3), 1, 0);
    }

    MemorySegment farPadding(Session s, Descriptor x, Descriptor y) {
      int h = (y.shape().dim(2) - 1) * stride + height - x.shape().dim(2) - padding;
      int w = (y.shape().dim(3) - 1) * stride + width - x.shape().dim(3) - padding;
      return s.dims(h, w);
    }
  }

  private record Forward(int kind, Descriptor x, Descriptor y, Window window) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(x);
      MemorySegment dst = s.md(y);
      MemorySegment strides = s.dims(window.stride(), window.stride());
      MemorySegment kernel = s.dims(window.height(), window.width());
      MemorySegment dilation = s.dims(0, 0);
      MemorySegment near = s.dims(window.padding(), window.padding());
      MemorySegment far = window.farPadding(s, x, y);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
          out ->
              (int)
                  s.api()
                      .poolingForward
                      .invokeExact(
                          out,
                          s.engine(),
                          FORWARD_TRAINING,
                          kind,
                          src,
                          dst,
                          strides,
                          kernel,
                          dilation,
                          near,
                          far,
                          attr));
    }
  }

  private record Backward(int kind, Descriptor dx, Descriptor dy, Window window) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(kind, dx, dy, window));
      MemorySegment diffSrc = s.md(dx);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = s.dims(window.stride(), window.stride());
      MemorySegment kernel = s.dims(window.height(), window.width());
      MemorySegment dilation = s.dims(0, 0);
      MemorySegment near = s.dims(window.padding(), window.padding());
      MemorySegment far = window.farPadding(s, dx, dy);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
          out ->
              (int)
                  s.api()
                      .poolingBackward
                      .invokeExact(
                          out,
                          s.engine(),
                          kind,
                          diffSrc,
                          diffDst,
                          strides,
                          kernel,
                          dilation,
                          near,
                          far,
                          hint,
                          attr));
    }
  }
}
