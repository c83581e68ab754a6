package org.clusternet.nn.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.layer.BatchNorm2d;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation that an export for inference has folded into the convolution before it:
 * {@code W' = W gamma / sqrt(var + eps)}, {@code b' = beta - mean gamma / sqrt(var + eps)}. The
 * factors cannot be recovered, but a convolution with W' followed by a normalisation that only adds
 * b' is the same function: mean 0, variance 1, scale sqrt(1 + eps), shift b'.
 */
final class FoldedNorms {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private FoldedNorms() {}

  /** The tensors under the keys of a ResNet; a bias without its convolution is left unchanged. */
  static Map<String, StoredTensor> unfolded(Map<String, StoredTensor> folded) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    folded.forEach(
        (key, tensor) -> {
          String norm = key.endsWith(BIAS) ? norm(layer(key, BIAS)) : null;
          if (norm == null || !folded.containsKey(layer(key, BIAS) + WEIGHT)) {
            tensors.put(key, tensor);
          } else {
            int channels = Math.toIntExact(tensor.elements());
            put(tensors, norm + WEIGHT, channels, Math.sqrt(1 + BatchNorm2d.EPS));
            tensors.put(norm + BIAS, tensor);
            put(tensors, norm + ".running_mean", channels, 0);
            put(tensors, norm + ".running_var", channels, 1);
          }
        });
    return tensors;
  }

  private static String layer(String key, String ending) {
    return key.substring(0, key.length() - ending.length());
  }

  /** The key of the normalisation after a convolution; null if the layer is none. */
  static @Nullable String norm(String layer) {
    int dot = layer.lastIndexOf('.') + 1;
    String last = layer.substring(dot);
    if (layer.endsWith("downsample.0")) {
      return layer.substring(0, dot) + "1";
    }
    return last.startsWith("conv") ? layer.substring(0, dot) + "bn" + last.substring(4) : null;
  }

  private static void put(Map<String, StoredTensor> to, String key, int channels, double value) {
    double[] values = new double[channels];
    Arrays.fill(values, value);
    to.put(key, StoredTensor.of(key, StoredType.F64, List.of((long) channels), values));
  }
}
