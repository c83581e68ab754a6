package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.Tensor;

/** Element by element: sums of two tensors with an optional ReLU, and the gradient of ReLU. */
public final class Elementwise {
  private static final int FORWARD_TRAINING = 64;
  private static final int ADD = 0x1fff0;
  private static final int RELU_FROM_DST = 0x100;

  private Elementwise() {}

  /**
   * {@code DST = SRC + SRC_1}, all of one shape and type; then ReLU if asked for. In place allowed.
   */
  public static Spec add(Tensor x, boolean relu) {
    return new Add(Descriptor.of(x), relu);
  }

  /** {@code DIFF_SRC = DIFF_DST where DST > 0, else 0}. In place allowed. */
  public static Spec reluBackward(Tensor y) {
    return new ReluBackward(Descriptor.of(y));
  }

  private record Add(Descriptor x, boolean relu) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment data = s.md(x);
      MemorySegment attr = s.attributes(relu);
      return Api.create(
          toString(),
          out -> (int) s.api().binary.invokeExact(out, s.engine(), ADD, data, data, data, attr));
    }
  }

  private record ReluForward(Descriptor y) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment data = s.md(y);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
          out ->
              (int)
                  s.api()
                      .eltwiseForward
                      .invokeExact(
                          out,
                          s.engine(),
                          FORWARD_TRAINING,
                          RELU_FROM_DST,
                          data,
                          data,
                          0f,
                          0f,
                          attr));
    }
  }

  private record ReluBackward(Descriptor y) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new ReluForward(y));
      MemorySegment data = s.md(y);
      MemorySegment attr = s.attributes();
      return Api.create(
          toString(),
          out ->
              (int)
                  s.api()
                      .eltwiseBackward
                      .invokeExact(
                          out, s.engine(), RELU_FROM_DST, data, data, data, 0f, 0f, hint, attr));
    }
  }
}
