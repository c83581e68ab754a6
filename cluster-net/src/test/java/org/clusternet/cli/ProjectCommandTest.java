package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.io.CsvFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectCommandTest {
  @TempDir private Path folder;

  /** One cell in the middle of the halo, as hot and dense as told. */
  private Path cutout(String name, double density) {
    Path file = folder.resolve(name);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup header = hdf.putGroup("Header");
      header.putAttribute("Redshift", 0.0);
      header.putAttribute("Time", 1.0);
      header.putAttribute("HubbleParam", 0.6774);
      header.putAttribute("BoxSize", 205000.0);
      WritableGroup gas = hdf.putGroup("PartType0");
      gas.putDataset("Coordinates", new double[][] {{1000, 2000, 3000}});
      gas.putDataset("Masses", new float[] {1e-3f});
      gas.putDataset("Density", new float[] {(float) density});
      gas.putDataset("InternalEnergy", new float[] {1e6f});
      gas.putDataset("ElectronAbundance", new float[] {1.16f});
      gas.putDataset("StarFormationRate", new float[] {0});
    }
    return file;
  }

  private Path table() throws IOException {
    return Files.writeString(
        folder.resolve("halos.csv"),
        """
        halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_R_Crit500
        4,1000,2000,3000,700
        5,1000,2000,3000,700
        """);
  }

  @Test
  void cutoutsBecomeADataset() throws IOException {
    Path out = folder.resolve("out");
    Cli.Result result =
        Cli.run(
            "project",
            "--cutout",
            cutout("cutout_4.hdf5", 1e-3).toString(),
            cutout("cutout_5.hdf5", 1e-6).toString(),
            "--halos",
            table().toString(),
            "--out",
            out.toString(),
            "--size",
            "32",
            "--threads",
            "2");
    assertEquals(0, result.exit(), result::toString);
    assertEquals("wrote 6 images of 2 haloes (CC 3, WCC 0, NCC 3) to " + out, result.out().strip());
    assertEquals("", result.err());
    List<CatalogEntry> entries = Catalog.read(out).entries();
    assertEquals("cutout_5", entries.get(5).clusterId());
    assertEquals(32, FitsFile.read(out.resolve(entries.get(5).file())).width());
  }

  /** The finished halo is kept, whether the bad one comes before or after it. */
  @Test
  void aBadCutoutCostsItsOwnHalo() throws IOException {
    Path out = folder.resolve("out");
    Path bad = cutout("cutout_5.hdf5", 1e9);
    Path text = Files.writeString(folder.resolve("cutout_6.hdf5"), "no HDF5");
    String[] command = {
      "project",
      "--cutout",
      text.toString(),
      cutout("cutout_4.hdf5", 1e-3).toString(),
      bad.toString(),
      "--halos",
      table().toString(),
      "--out",
      out.toString(),
      "--size",
      "32"
    };
    Cli.Result result = Cli.run(command);
    assertEquals(1, result.exit(), result::toString);
    assertEquals("wrote 3 images of 1 haloes (CC 3, WCC 0, NCC 0) to " + out, result.out().strip());
    List<String> log = result.err().lines().toList();
    assertEquals(3, log.size(), result::toString);
    assertTrue(log.get(0).startsWith(text.toString()), result::toString);
    String reason = bad + ": PartType0/Density[0]=1.0E9 is not within ";
    assertTrue(log.get(1).startsWith(reason), result::toString);
    assertEquals("unusable haloes=2 of 3, listed in " + out.resolve("failed.csv"), log.get(2));
    List<CsvFile.Row> failed = CsvFile.read(out.resolve("failed.csv"), "cluster_id", "file");
    assertEquals(2, failed.size());
    assertEquals("cutout_5", failed.get(1).get("cluster_id"));
    assertEquals(bad.toString(), failed.get(1).get("file"));
    assertTrue(failed.get(1).get("error").startsWith(reason), failed.get(1).get("error"));
    assertEquals(3, Catalog.read(out).entries().size());
    try (Stream<Path> images = Files.list(out.resolve("images"))) {
      assertEquals(3, images.count());
    }
  }

  @Test
  void withoutAGoodCutoutNothingIsWritten() throws IOException {
    Path out = folder.resolve("out");
    Path bad = cutout("cutout_5.hdf5", 1e9);
    String[] command = {
      "project", "--halos", table().toString(), "--out", out.toString(), "--cutout", bad.toString()
    };
    Cli.Result result = Cli.run(command);
    assertEquals(1, result.exit(), result::toString);
    assertTrue(
        result
            .complaint()
            .startsWith("cluster-net: " + bad + ": PartType0/Density[0]=1.0E9 is not within "),
        result::toString);
    assertFalse(Files.exists(out));
  }
}
