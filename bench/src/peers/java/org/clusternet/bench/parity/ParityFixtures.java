package org.clusternet.bench.parity;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;

/**
 * Writes the results of libtorch for the {@link ParityCase}s, one safetensors file each, which the
 * tests of the network read:
 *
 * <pre>
 * image, labels, class_weights      the batch; one channel of the image
 * start/KEY                         initial weights, where all numbers are kept
 * inference/NAME                    logits, attention map, heat maps, masks, boxes, crop
 * training/NAME                     the same with batch statistics, in the first step
 * losses                            total, primary, auxiliary, fusion, regression; a row per step
 * boxes                             of every step
 * gradient/KEY, running/KEY         of the first step, after it
 * end/KEY                           weights and running statistics after the last step
 * end_inference/NAME                logits and boxes with these
 * </pre>
 */
public final class ParityFixtures {
  /** Least distance of heat maps from their thresholds where masks are kept. */
  private static final double MARGIN = 1e-5;

  private final ParityCase which;
  private final List<StoredTensor> tensors = new ArrayList<>();
  private boolean firm = true;

  private ParityFixtures(ParityCase which) {
    this.which = which;
  }

  /**
   * Writes all files.
   *
   * @param args the folder as the only element
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("parity: arguments=" + args.length + "; one folder to write to is needed");
      System.exit(2);
    }
    write(Path.of(args[0]));
  }

  static void write(Path folder) throws IOException {
    TorchClusterNet.start();
    for (ParityCase which : ParityCase.ALL) {
      Path file = folder.resolve(which.name() + ".safetensors");
      ParityFixtures fixtures = firstFirm(which);
      Map<String, String> metadata = fixtures.which.metadata();
      metadata.put("libtorch", Engine.getEngine("PyTorch").getVersion());
      SafetensorsWriter.write(file, metadata, fixtures.tensors);
      System.out.println("wrote " + file);
    }
  }

  /** The fixtures of the first seed with which rounding cannot change a mask, a box or a ReLU. */
  private static ParityFixtures firstFirm(ParityCase which) {
    ParityFixtures fixtures;
    long seed = which.seed();
    do {
      fixtures = new ParityFixtures(which.withSeed(seed++));
      fixtures.compute();
    } while (!fixtures.firm);
    System.out.println(which.name() + ": seed " + (seed - 1));
    return fixtures;
  }

  private void compute() {
    Map<String, Values> start = which.weights();
    ParityCase.Batch batch = which.data();
    batch(batch);
    if (which.samples() == 0) {
      start.forEach((key, v) -> add("start/" + key, v));
    }
    double[] losses = new double[0];
    double[] boxes = new double[0];
    TorchClusterNet net = new TorchClusterNet(which, start, batch);
    outputs("inference/", net.infer(), true);
    for (int step = 0; firm && step < which.steps(); step++) {
      TorchClusterNet.Step result = net.step();
      losses = joined(losses, result.losses());
      boxes = joined(boxes, result.outputs().get("box").numbers());
      firm &= isFirm(result.outputs(), false);
      firm &= result.outputs().get("kinks_are_far").numbers()[0] == 1;
      if (step == 0) {
        outputs("training/", result.outputs(), false);
        result.gradients().forEach((key, v) -> add("gradient/" + key, kept(v)));
        result.running().forEach((key, v) -> add("running/" + key, kept(v)));
      }
    }
    net.weights().forEach((key, v) -> add("end/" + key, kept(v)));
    outputs("end_inference/", net.infer(), false);
    tensors.add(
        new Values(new long[] {losses.length / 5, 5}, losses).stored("losses", StoredType.F64));
    long[] shape = {losses.length / 5, which.batch(), 4};
    tensors.add(new Values(shape, boxes).stored("boxes", StoredType.I32));
  }

  private void batch(ParityCase.Batch batch) {
    int pixels = which.imageSize() * which.imageSize();
    double[] channel = new double[which.batch() * pixels];
    for (int i = 0; i < channel.length; i++) {
      channel[i] = batch.images().numbers()[i / pixels * 3 * pixels + i % pixels];
    }
    add(
        "image",
        new Values(new long[] {which.batch(), 1, which.imageSize(), which.imageSize()}, channel));
    double[] labels = Arrays.stream(batch.labels()).asDoubleStream().toArray();
    tensors.add(new Values(new long[] {labels.length}, labels).stored("labels", StoredType.I32));
    add("class_weights", new Values(new long[] {3}, batch.classWeights()));
  }

  private void outputs(String at, Map<String, Values> outputs, boolean maps) {
    firm &= isFirm(outputs, maps);
    for (String name : List.of("logits_primary", "logits_auxiliary", "logits_fusion", "cam")) {
      add(at + name, outputs.get(name));
    }
    tensors.add(outputs.get("box").stored(at + "box", StoredType.I32));
    if (maps && which.samples() == 0) {
      add(at + "h1", outputs.get("h1"));
      add(at + "h2", outputs.get("h2"));
      add(at + "crop", outputs.get("crop").sample(2000));
    }
    if (maps) {
      for (String name : which.samples() == 0 ? List.of("b1", "b2", "mask") : List.of("mask")) {
        tensors.add(outputs.get(name).stored(at + name, StoredType.U8));
      }
    }
  }

  /** Whether rounding can change neither a mask that is kept nor a box. */
  private boolean isFirm(Map<String, Values> outputs, boolean masks) {
    return outputs.get("firm").numbers()[0] == 1
        && (!masks || outputs.get("margin").numbers()[0] >= MARGIN);
  }

  private Values kept(Values values) {
    return which.samples() == 0 ? values : values.sample(which.samples());
  }

  private void add(String key, Values values) {
    tensors.add(values.stored(key, StoredType.F32));
  }

  private static double[] joined(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
