package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.CsvFile;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.spi.Device;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Whatever is wrong with the input: one line, exit code 1, nothing written. */
class BadInputTest {

  /** Spoils a good dataset. */
  private interface Damage {
    void to(SmallDataset data) throws IOException;
  }

  /** What can be wrong with a dataset, and what the line must say. */
  enum Data {
    UNKNOWN_LABEL(
        d -> d.edit("images/c1.fits,WCC", "images/c1.fits,warm"),
        "catalog.csv:3: core type: unknown label=warm; the known labels are [CC, WCC, NCC]"),
    MISSING_COLUMN(
        d -> d.edit("cluster_id,projection", "cluster,projection"),
        "catalog.csv:1: missing column=cluster_id"),
    DUPLICATE_ROW(
        d -> d.edit("c1,x,images/c1.fits", "c0,x,images/c1.fits"),
        "catalog.csv:3: cluster_id=c0 projection=x is the same as in line 2"),
    NO_CATALOG(d -> Files.delete(d.catalog()), "catalog.csv: no such file"),
    MISSING_FILE(d -> Files.delete(d.file(4)), "missing files=1 of 9: images/c4.fits"),
    TRUNCATED_FILE(d -> d.truncate(4), "c4.fits"),
    CUBE(d -> d.cube(4), "c4.fits"),
    SMALL_IMAGE(
        d -> d.image(4, 39, 1), "c4.fits: width=39 height=39 is smaller than central_crop=40"),
    ALL_ZERO(d -> d.constant(4, 0), "c4.fits: has no positive pixel"),
    ALL_NAN(d -> d.constant(4, Double.NaN), "c4.fits: has no positive pixel"),
    NO_FITS(d -> Files.writeString(d.file(4), "hello"), "c4.fits");

    private final Damage damage;
    private final String says;

    Data(Damage damage, String says) {
      this.damage = damage;
      this.says = says;
    }
  }

  @TempDir private static Path shared;
  private static Path model;
  private static String settings;

  @TempDir private Path folder;
  private Path out;
  private SmallDataset data;

  @BeforeAll
  static void trainOnce() throws IOException {
    SmallDataset good = new SmallDataset(shared.resolve("good"));
    Path run = shared.resolve("run");
    Cli.Result result =
        Cli.train(
            run,
            "--data",
            good.path().toString(),
            "--variant",
            "baseline",
            "--central-crop",
            Integer.toString(SmallDataset.SIZE));
    assertEquals(0, result.exit(), result::toString);
    model = run.resolve("model.safetensors");
    settings = Files.readString(run.resolve("config.yaml"));
  }

  @BeforeEach
  void fresh() throws IOException {
    out = folder.resolve("out");
    data = new SmallDataset(folder.resolve("data"));
  }

  private Cli.Result train(String... more) {
    String[] all = {"--data", data.path().toString(), "--central-crop", "40"};
    return Cli.train(out, Stream.of(all, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private Cli.Result predict(Path trained, Path image) {
    return Cli.run(
        "predict", "--model", trained.toString(), "--out", out.toString(), image.toString());
  }

  private void assertRefused(Cli.Result result, String says) throws IOException {
    assertEquals(1, result.exit(), result::toString);
    String complaint = result.complaint();
    assertTrue(complaint.startsWith("cluster-net: "), complaint);
    assertFalse(complaint.contains("internal error"), complaint);
    assertTrue(complaint.contains(says), complaint);
    assertFalse(Files.exists(out), "something was written");
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.getFileName().toString().endsWith(".tmp")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainRefusesADatasetWith(Data bad) throws IOException {
    bad.damage.to(data);
    assertRefused(train(), bad.says);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRUNCATED_FILE", "CUBE", "SMALL_IMAGE", "ALL_ZERO", "ALL_NAN", "NO_FITS"})
  void predictRefusesAnImageWith(Data bad) throws IOException {
    bad.damage.to(data);
    assertRefused(predict(model, data.file(4)), bad.says);
  }

  /** One bad image costs its own row; if all are bad, nothing is written. */
  @Test
  void predictAnswersForTheGoodImages() throws IOException {
    data.cube(4);
    String[] command = {
      "predict",
      "--arrays",
      "--model",
      model.toString(),
      "--out",
      out.toString(),
      data.file(4).toString(),
      data.file(0).toString(),
      folder.resolve("nowhere.fits").toString()
    };
    Cli.Result result = Cli.run(command);
    assertEquals(1, result.exit(), result::toString);
    assertTrue(result.out().startsWith(data.file(0) + ": "), result::toString);
    assertTrue(result.err().contains("c4.fits: "), result::toString);
    assertTrue(result.err().endsWith("images without an answer=2 of 3\n"), result::toString);
    List<CsvFile.Row> rows = CsvFile.read(out.resolve("predictions.csv"), "file", "class", "error");
    assertEquals(
        List.of(data.file(4).toString(), data.file(0).toString(), command[8]),
        rows.stream().map(row -> row.get("file")).toList());
    assertTrue(rows.get(0).get("error").contains("c4.fits: "), rows.get(0).get("error"));
    assertEquals("", rows.get(0).get("p_cc") + rows.get(0).get("class") + rows.get(1).get("error"));
    assertTrue(CoreType.parse(rows.get(1).get("class")) != null);
    assertTrue(rows.get(2).get("error").contains("nowhere.fits: "), rows.get(2).get("error"));
    assertTrue(Files.exists(out.resolve("c0.safetensors")));
    assertFalse(Files.exists(out.resolve("c4.safetensors")));
    command[7] = data.file(4).toString();
    command[5] = folder.resolve("none").toString();
    Cli.Result none = Cli.run(command);
    assertTrue(none.complaint().startsWith("cluster-net: unusable images=3 of 3 | "), none::err);
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void explainDrawsTheGoodImages() throws IOException {
    data.constant(4, Double.NaN);
    Cli.Result result =
        Cli.run(
            "explain",
            "--model",
            model.toString(),
            "--out",
            out.toString(),
            data.file(4).toString(),
            data.file(0).toString());
    assertEquals(1, result.exit(), result::toString);
    assertTrue(result.err().contains("c4.fits: has no positive pixel"), result::toString);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of("c0.png", "c0.svg", "failed.csv"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void missingInputs() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertRefused(
        Cli.train(out, "--data", nowhere.toString()),
        nowhere + ": is not a folder; name a dataset");
    assertRefused(predict(model, nowhere), nowhere + ": ");
    assertRefused(
        predict(nowhere, data.file(0)), nowhere + ": no such file or run folder; check the path");
    assertRefused(
        predict(data.path(), data.file(0)), data.path() + ": has no model.safetensors; name the");
    assertRefused(
        Cli.run("import-accept", "--profiles", nowhere.toString(), "--out", out.toString()),
        nowhere.toString());
  }

  @Test
  void splitsThatCannotBe() throws IOException {
    Path splits = folder.resolve("splits.csv");
    Files.writeString(splits, "cluster_id,fold\nc0,0\nc1,1\nc2,2\nc0,1\n");
    assertRefused(
        trainWithSplits(splits, 0), "splits.csv:5: cluster_id=c0 is in two folds, 0 and 1");
    Files.writeString(splits, "cluster_id,fold\nc0,0\nc1,1\nc2,2\n");
    assertRefused(trainWithSplits(splits, 0), "clusters of the catalogue without a fold=6 (c3");
    StringBuilder good = new StringBuilder("cluster_id,fold\n");
    for (int i = 0; i < 9; i++) {
      good.append("c%d,%d\n".formatted(i, i % 3));
    }
    Files.writeString(splits, good);
    assertRefused(trainWithSplits(splits, 3), "splits.csv: fold=3; it has folds 0 to 2");
  }

  private Cli.Result trainWithSplits(Path splits, int fold) {
    return Cli.run(
        "train",
        "--data",
        data.path().toString(),
        "--central-crop",
        "40",
        "--splits",
        splits.toString(),
        "--fold",
        Integer.toString(fold),
        "--out",
        out.toString());
  }

  @Test
  void aDeviceThatIsNotThereIsNotReplaced() throws IOException {
    String says;
    try (Device device = Devices.cuda(CudaSettings.defaults())) {
      throw new TestAbortedException("there is a GPU here: " + device.describe());
    } catch (CudaUnavailableException e) {
      says = "device=cuda: " + e.getMessage() + " (cluster-net doctor says more)";
    }
    assertRefused(train("--device", "cuda"), says);
    assertRefused(
        Cli.run(
            "predict",
            "--model",
            model.toString(),
            "--out",
            out.toString(),
            "--device",
            "cuda",
            data.file(0).toString()),
        says);
  }

  @Test
  void tf32IsArithmeticOfGpus() throws IOException {
    assertRefused(
        train("--device", "cpu", "--precision", "tf32"),
        "precision=tf32: only GPUs have this arithmetic; on the cpu use fp32 or bf16");
  }

  @Test
  void moreFoldsThanClusters() throws IOException {
    assertRefused(
        Cli.run(
            "train",
            "--data",
            data.path().toString(),
            "--central-crop",
            "40",
            "--out",
            out.toString()),
        "folds: clusters=9 are fewer than folds=10");
  }

  @Test
  void aFolderThatHoldsSomethingIsNotTouched() throws IOException {
    Path taken = data.path();
    String says = "cluster-net: " + taken + ": is not empty; name a new folder or remove";
    String[][] commands = {
      {"train", "--clusters", "3"},
      {"predict", "--model", model.toString(), data.file(0).toString()},
      {"simulate", "--clusters", "3"},
    };
    for (String[] command : commands) {
      Cli.Result result =
          Cli.run(
              Stream.of(command, new String[] {"--out", taken.toString()})
                  .flatMap(Arrays::stream)
                  .toArray(String[]::new));
      assertEquals(1, result.exit());
      assertTrue(result.complaint().startsWith(says), result::toString);
    }
    try (Stream<Path> files = Files.list(taken)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aModelFileThatIsDamaged() throws IOException {
    Path bad = folder.resolve("bad.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.write(bad, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(predict(bad, data.file(0)), "bad.safetensors: ");
    Files.write(bad, Arrays.copyOf(whole, 100));
    assertRefused(predict(bad, data.file(0)), "bad.safetensors: header length=");
    Files.write(bad, new byte[3]);
    assertRefused(predict(bad, data.file(0)), "bad.safetensors: size=3 bytes");
    String header =
        """
        {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},\
        "b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}\
        """;
    Files.write(bad, safetensors(header, 6));
    assertRefused(predict(bad, data.file(0)), "bad.safetensors: key=b");
  }

  @Test
  void aModelFileOfAnotherNetwork() throws IOException {
    Path other = folder.resolve("other.safetensors");
    List<StoredTensor> tensors =
        List.of(StoredTensor.of("primary.fc.bias", StoredType.F32, List.of(4L), 1, 2, 3, 4));
    SafetensorsWriter.write(other, Map.of(), tensors);
    Cli.Result foreign = predict(other, data.file(0));
    assertEquals(1, foreign.exit(), foreign::toString);
    assertTrue(foreign.err().contains("has no settings; the paper's are assumed"), foreign::err);
    assertTrue(foreign.err().contains("missing: primary.conv1.weight, primary.bn1"), foreign::err);
    SafetensorsWriter.write(other, Map.of("config", settings), tensors);
    Cli.Result result = predict(other, data.file(0));
    assertRefused(result, "missing: primary.conv1.weight, primary.bn1.weight, ");
    assertRefused(result, "primary.fc.bias (file F32[4], model F32[3])");
    SafetensorsWriter.write(other, Map.of("config", settings.replace("tau1:", "tau:")), tensors);
    assertRefused(
        predict(other, data.file(0)),
        "other.safetensors (metadata key=config): unknown key=crop.tau; did you mean crop.tau1?");
  }

  private static byte[] safetensors(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
