package org.clusternet.network;

import org.clusternet.engine.tensor.DType;
import org.clusternet.nn.model.ResNetConfig;

/**
 * Variant, crop and sizes of the network.
 *
 * @param variant which masks and which loss
 * @param crop how the region is found; unused by the baseline
 * @param branch size of each branch; ResNet-18 except in tests
 * @param compute type of the activations: F32 or BF16, or F64 for the oracle
 */
public record NetworkConfig(Variant variant, CropConfig crop, ResNetConfig branch, DType compute) {

  /** Number of core types: CC, WCC, NCC. */
  public static final int CLASSES = 3;

  /** The paper's network in F32 for images of {@code size} pixels. */
  public static NetworkConfig paper(Variant variant, int size) {
    return new NetworkConfig(
        variant, CropConfig.paper(size), ResNetConfig.resNet18(CLASSES), DType.F32);
  }

  /** Type of parameters, heads and loss. */
  DType parameters() {
    return compute == DType.F64 ? DType.F64 : DType.F32;
  }
}
