package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.clusternet.config.DataConfig;
import org.clusternet.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class SimulateCommandTest {
  @TempDir private Path folder;

  /** What simulate makes by itself is what a first training run would have made. */
  @Test
  void defaultsAreThoseOfTheQuickPreset() {
    CommandSpec spec = Main.commandLine().getSubcommands().get("simulate").getCommandSpec();
    DataConfig.Simulation quick = TrainingConfig.quick(null).data().simulation();
    assertEquals(String.valueOf(quick.clusters()), spec.findOption("--clusters").defaultValue());
    assertEquals(String.valueOf(quick.size()), spec.findOption("--size").defaultValue());
    assertEquals(
        quick.kpcPerPixel(), Double.parseDouble(spec.findOption("--kpc-per-pixel").defaultValue()));
    assertEquals(
        quick.mix().name().toLowerCase(Locale.ROOT), spec.findOption("--mix").defaultValue());
  }

  /** Photons are the same on one and two threads, and others than with another seed. */
  @Test
  void observedImagesAreTheSameBytes() throws IOException {
    byte[] one = observe("one", "--threads", "1", "--seed", "5");
    byte[] two = observe("two", "--threads", "2", "--seed", "5");
    assertArrayEquals(one, two);
    byte[] other = observe("other", "--threads", "2", "--seed", "6");
    assertEquals(one.length, other.length);
    assertTrue(!Arrays.equals(one, other));
  }

  private byte[] observe(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    String[] start = {
      "simulate",
      "--clusters",
      "2",
      "--size",
      "64",
      "--kpc-per-pixel",
      "16",
      "--counts",
      "9000",
      "--psf",
      "40",
      "--background",
      "0.1",
      "--out",
      out.toString()
    };
    String[] args = Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, args, start.length, more.length);
    Cli.Result result = Cli.run(args);
    assertEquals(0, result.exit(), result::toString);
    return Files.readAllBytes(out.resolve("images/sim00001_y.fits"));
  }
}
