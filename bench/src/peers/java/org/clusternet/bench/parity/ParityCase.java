package org.clusternet.bench.parity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.network.ClusterNet;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.random.KeyedRandom;

/**
 * A network and a batch for which both implementations are compared.
 *
 * @param name name of the file
 * @param widths channels of each stage
 * @param blocks number of blocks of each stage
 * @param imageSize height and width of the images
 * @param cropSize height and width of the crop, at least those of the images, see {@link
 *     TorchRegion}
 * @param batch number of images
 * @param seed random seed of images and weights, the first that is tried
 * @param steps number of steps of Adam
 * @param samples number of elements of each gradient and weight that are kept; 0 for all elements,
 *     and also the initial weights, which are then those of a trained network
 */
record ParityCase(
    String name,
    List<Integer> widths,
    List<Integer> blocks,
    int imageSize,
    int cropSize,
    int batch,
    long seed,
    int steps,
    int samples) {
  static final int CLASSES = NetworkConfig.CLASSES;
  static final double TAU = 0.7;
  static final double LAMBDA = 25;
  static final double LEARNING_RATE = 1e-3;

  /** All numbers of a narrow network, and a sample of the numbers of ResNet-18. */
  static final List<ParityCase> ALL =
      List.of(
          new ParityCase(
              "parity-narrow", List.of(6, 8, 10, 12), List.of(2, 2, 2, 2), 64, 80, 4, 20, 10, 0),
          new ParityCase(
              "parity-resnet18",
              List.of(64, 128, 256, 512),
              List.of(2, 2, 2, 2),
              64,
              64,
              3,
              9,
              1,
              32));

  /**
   * A batch.
   *
   * @param images (N, 3, H, W), equal channels, exact in F32
   * @param labels class of each image
   * @param classWeights weight of each class in the loss
   */
  record Batch(Values images, int[] labels, double[] classWeights) {}

  /** The same with another seed. */
  ParityCase withSeed(long other) {
    return new ParityCase(name, widths, blocks, imageSize, cropSize, batch, other, steps, samples);
  }

  private NetworkConfig config() {
    ResNetConfig branch = new ResNetConfig(3, widths, blocks, CLASSES);
    CropConfig crop =
        new CropConfig(
            TAU, TAU, LAMBDA, cropSize, MaskCombine.Mode.UNION, CropConfig.CamClass.PREDICTED);
    return new NetworkConfig(Variant.ALL, crop, branch, DType.F32);
  }

  /** The initial weights of both implementations. */
  Map<String, Values> weights() {
    Map<String, Values> weights = new LinkedHashMap<>();
    try (Device device = Devices.cpu(1);
        ClusterNet net = new ClusterNet(device, config())) {
      net.parameters().initialise(seed);
      for (Parameter p : net.parameters().all()) {
        long[] shape = Arrays.stream(p.shape().dims()).asLongStream().toArray();
        double[] numbers = HostValues.get(device, p.value());
        boolean norm = shape.length == 1 && !p.key().contains("fc.");
        if (samples == 0 && norm && !p.key().startsWith("fusion.")) {
          numbers = trained(p.key(), numbers);
        }
        weights.put(p.key(), new Values(shape, numbers));
      }
    }
    return weights;
  }

  /** Scales, shifts and statistics as a trained network has them, exact in F32. */
  private double[] trained(String key, double[] fresh) {
    boolean positive = key.endsWith("weight") || key.endsWith("running_var");
    double[] numbers = fresh.clone();
    new KeyedRandom(seed, "parity", key).fillUniform(numbers, -0.3, 0.3);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (positive ? 1 + numbers[i] : numbers[i]);
    }
    return numbers;
  }

  /** Noise with a bright spot. */
  Batch data() {
    int pixels = imageSize * imageSize;
    double[] noise = new double[batch * pixels];
    new KeyedRandom(seed, "parity", "noise").fillUniform(noise, 0, 0.2);
    double[] centres = new double[2 * batch];
    new KeyedRandom(seed, "parity", "centres")
        .fillUniform(centres, 0.2 * imageSize, 0.8 * imageSize);
    double[] images = new double[3 * noise.length];
    for (int i = 0; i < images.length; i++) {
      int image = i / (3 * pixels);
      int pixel = i % pixels;
      double dx = Math.floorMod(pixel, imageSize) - centres[2 * image];
      double dy = Math.floorDiv(pixel, imageSize) - centres[2 * image + 1];
      double spot = 0.8 / (1 + (dx * dx + dy * dy) / 20);
      images[i] = (float) (spot + noise[image * pixels + pixel]);
    }
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = (2 * i + 1) % CLASSES;
    }
    Values values = new Values(new long[] {batch, 3, imageSize, imageSize}, images);
    return new Batch(values, labels, new double[] {1, 0.625, 0.75});
  }

  /** The settings, as metadata of the file. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("widths", numbers(widths));
    metadata.put("blocks", numbers(blocks));
    metadata.put("crop_size", Integer.toString(cropSize));
    metadata.put("seed", Long.toString(seed));
    metadata.put("samples", Integer.toString(samples));
    metadata.put("learning_rate", Double.toString(LEARNING_RATE));
    return metadata;
  }

  private static String numbers(List<Integer> numbers) {
    return numbers.toString().replaceAll("[\\[\\] ]", "");
  }
}
