package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.Tensor;

/**
 * Maximum pooling, which saves in its WORKSPACE, per output, the position in the window that won: a
 * U8 tensor laid out like the output, which is also the engine's own format.
 */
public final class Pooling {
  private static final int FORWARD_TRAINING = 64;
  private static final int MAX = 0x1ff;

  private Pooling() {}

  /** Maximum over square windows. */
  public static Spec maxForward(Tensor x, Tensor y, int kernel, int stride, int padding) {
    return new Forward(
        Descriptor.of(x), Descriptor.of(y), new Window(kernel, kernel, stride, padding));
  }

  /** Gradient of {@link #maxForward}. */
  public static Spec maxBackward(Tensor dx, Tensor dy, int kernel, int stride, int padding) {
    return new Backward(
        Descriptor.of(dx), Descriptor.of(dy), new Window(kernel, kernel, stride, padding));
  }

  private record Forward(Descriptor x, Descriptor y, Window window) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(x);
      MemorySegment dst = s.md(y);
      MemorySegment strides = window.strides(s);
      MemorySegment kernel = window.size(s);
      MemorySegment dilation = window.dilation(s);
      MemorySegment near = window.near(s);
      MemorySegment far = window.far(s, x, y);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .poolingForward
                      .invokeExact(
                          out,
                          s.engine(),
                          FORWARD_TRAINING,
                          MAX,
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

  private record Backward(Descriptor dx, Descriptor dy, Window window) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(dx, dy, window));
      MemorySegment diffSrc = s.md(dx);
      MemorySegment diffDst = s.md(dy);
      MemorySegment strides = window.strides(s);
      MemorySegment kernel = window.size(s);
      MemorySegment dilation = window.dilation(s);
      MemorySegment near = window.near(s);
      MemorySegment far = window.far(s, dx, dy);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .poolingBackward
                      .invokeExact(
                          out,
                          s.engine(),
                          MAX,
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
