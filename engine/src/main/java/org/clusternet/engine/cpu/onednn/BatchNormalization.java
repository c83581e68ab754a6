package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.Tensor;

/**
 * Batch normalisation with scale and shift. Forward either computes mean and (biased) variance or
 * uses given ones; backward is that of computed statistics.
 */
public final class BatchNormalization {
  private static final int FORWARD_TRAINING = 64;
  private static final int FORWARD_INFERENCE = 96;
  private static final int BACKWARD = 128;
  private static final int USE_GLOBAL_STATS = 1;
  private static final int SCALE_AND_SHIFT = 2 | 4;

  private BatchNormalization() {}

  /** Normalises x and writes MEAN and VARIANCE, or reads them where they are given. */
  public static Spec forward(Tensor x, double eps, boolean given, boolean relu) {
    return new Forward(Descriptor.of(x), (float) eps, given, relu);
  }

  /** Gradients of x, scale and shift. */
  public static Spec backward(Tensor x, double eps) {
    return new Backward(Descriptor.of(x), (float) eps);
  }

  private record Forward(Descriptor x, float eps, boolean given, boolean relu) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment data = s.md(x);
      int flags = SCALE_AND_SHIFT | (given ? USE_GLOBAL_STATS : 0);
      int kind = given ? FORWARD_INFERENCE : FORWARD_TRAINING;
      MemorySegment attr = s.attributes(relu);
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .batchNormalizationForward
                      .invokeExact(out, s.engine(), kind, data, data, eps, flags, attr));
    }
  }

  private record Backward(Descriptor x, float eps) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment hint = s.hint(new Forward(x, eps, false, false));
      MemorySegment data = s.md(x);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out ->
              (int)
                  s.api()
                      .batchNormalizationBackward
                      .invokeExact(
                          out,
                          s.engine(),
                          BACKWARD,
                          data,
                          data,
                          data,
                          eps,
                          SCALE_AND_SHIFT,
                          hint,
                          attr));
    }
  }
}
