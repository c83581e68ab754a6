package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.nn.model.ResNet;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.clusternet.nn.weights.Weights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights in and out by the command line: a run that learns nothing, its learning rate being far
 * below the least bit of a weight, must end with what it started from.
 */
class WeightsTest {
  @TempDir private static Path folder;
  private static SmallDataset data;
  private static Path imageNet;

  /** Stands in for ImageNet's: ResNet-18 of 1000 classes under a wrapper's prefix. */
  @BeforeAll
  static void write() throws IOException {
    data = new SmallDataset(folder.resolve("data"));
    imageNet = folder.resolve("wrapped.safetensors");
    try (Device device = Devices.cpu(1);
        Parameters parameters = new Parameters(device, DType.F32)) {
      new ResNet(parameters.under("module"), ResNetConfig.resNet18(1000));
      parameters.initialise(77);
      Weights.save(imageNet, Map.of(), parameters);
    }
  }

  private static Cli.Result train(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--data", data.path().toString(), "--central-crop", "40", "--batch", "2"));
    arguments.addAll(List.of("--learning-rate", "1e-30"));
    arguments.addAll(List.of(more));
    return Cli.train(out, arguments.toArray(String[]::new));
  }

  private static Cli.Result export(Path run, String branch, Path out) {
    return Cli.run(
        "export", "--model", run.toString(), "--branch", branch, "--out", out.toString());
  }

  private static double[] values(Path file, String key) throws IOException {
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      return stored.get(key).values();
    }
  }

  @Test
  void bothBranchesStartFromAFileAndGoOutAgainAsTorchvisionHasThem() throws IOException {
    Path run = folder.resolve("run");
    Cli.Result result = train(run, "--weights", imageNet.toString());
    assertEquals(0, result.exit(), result::toString);
    assertEquals(
        "weights "
            + imageNet
            + ": 100 tensors for primary and auxiliary; the heads start from random numbers",
        result.err().lines().findFirst().orElseThrow());
    assertTrue(
        Files.readString(run.resolve("config.yaml")).contains("source: \"" + imageNet + "\""));
    for (String branch : List.of("primary", "auxiliary")) {
      Path exported = folder.resolve(branch + ".safetensors");
      Cli.Result export = export(run, branch, exported);
      assertEquals(0, export.exit(), export::toString);
      assertEquals(
          "wrote " + exported + ": 122 tensors of the " + branch + " branch\n", export.out());
      for (String key : List.of("conv1.weight", "layer3.0.downsample.0.weight", "bn1.weight")) {
        assertArrayEquals(values(imageNet, "module." + key), values(exported, key), key);
      }
      try (SafetensorsFile file = SafetensorsFile.open(exported)) {
        assertEquals(torchvisionsKeys(), new TreeSet<>(file.keys()));
        assertEquals("pt", file.metadata().get("format"));
        assertEquals("fc.weight F32[3, 512]", file.get("fc.weight").toString());
        assertEquals("conv1.weight F32[64, 3, 7, 7]", file.get("conv1.weight").toString());
        assertEquals(
            "bn1.num_batches_tracked I64[]", file.get("bn1.num_batches_tracked").toString());
      }
    }
    Path again = folder.resolve("again");
    Path exported = folder.resolve("primary.safetensors");
    Cli.Result second = train(again, "--variant", "baseline", "--weights", exported.toString());
    assertEquals(0, second.exit(), second::toString);
    assertArrayEquals(
        values(imageNet, "module.layer4.1.conv2.weight"),
        values(again.resolve("model.safetensors"), "primary.layer4.1.conv2.weight"));
    String complaint = export(again, "auxiliary", folder.resolve("x.safetensors")).complaint();
    assertTrue(complaint.endsWith("branch=auxiliary; it has primary"), complaint);
    complaint = export(again, "primary", exported).complaint();
    assertEquals(
        "cluster-net: " + exported + ": exists; delete it or choose another name", complaint);
  }

  /** The keys of torchvision.models.resnet18().state_dict(), by its definition. */
  private static Set<String> torchvisionsKeys() {
    Set<String> keys = new TreeSet<>(List.of("conv1.weight", "fc.weight", "fc.bias"));
    norm(keys, "bn1");
    for (int layer = 1; layer <= 4; layer++) {
      for (int block = 0; block < 2; block++) {
        String at = "layer" + layer + "." + block + ".";
        keys.addAll(List.of(at + "conv1.weight", at + "conv2.weight"));
        norm(keys, at + "bn1");
        norm(keys, at + "bn2");
        if (layer > 1 && block == 0) {
          keys.add(at + "downsample.0.weight");
          norm(keys, at + "downsample.1");
        }
      }
    }
    return keys;
  }

  private static void norm(Set<String> keys, String at) {
    for (String name :
        List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked")) {
      keys.add(at + "." + name);
    }
  }

  @Test
  void whatDoesNotFitIsSaidBeforeAnythingIsWritten() throws IOException {
    Path out = folder.resolve("refused");
    String absent = train(out, "--weights", "absent.pth").complaint();
    assertEquals("cluster-net: absent.pth: there is no such file", absent);
    String folderOfImages = train(out, "--weights", data.path().toString()).complaint();
    assertEquals(
        "cluster-net: " + data.path() + ": is a folder without .npy files", folderOfImages);
    String image = train(out, "--weights", data.file(0).toString()).complaint();
    assertTrue(image.contains("is not a file of weights; PyTorch's .pth and .pt"), image);

    Path part = folder.resolve("part.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(imageNet)) {
      List<StoredTensor> some = new ArrayList<>(file.tensors());
      some.removeIf(t -> t.key().equals("module.bn1.bias"));
      some.add(StoredTensor.of("module.neck.bias", StoredType.F32, List.of(1L), 1));
      SafetensorsWriter.write(part, Map.of(), some);
    }
    assertEquals(
        "cluster-net: "
            + part
            + ": does not fit the model: 1 missing: bn1.bias; 1 unexpected: neck.bias;"
            + " --weights-partial loads the tensors that fit",
        train(out, "--weights", part.toString()).complaint());
    assertFalse(Files.exists(out));
    Cli.Result partial = train(out, "--weights", part.toString(), "--weights-partial");
    assertEquals(0, partial.exit(), partial::toString);
    List<String> log = partial.err().lines().toList();
    assertEquals("weights: 1 not in the file, random: bn1.bias", log.get(1));
    assertEquals("weights: 1 ignored: neck.bias", log.get(2));
  }
}
