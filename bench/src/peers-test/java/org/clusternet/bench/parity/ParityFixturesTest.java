package org.clusternet.bench.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed fixtures are what the program writes. */
class ParityFixturesTest {
  private static final Path COMMITTED =
      Path.of("..", "cluster-net", "src", "test", "resources", "org", "clusternet", "network");

  /** F64 rounded to F32: another processor may round the last bit differently. */
  private static final double ROUNDING = 1e-6;

  @TempDir private Path folder;

  @Test
  void committedFilesAreWhatTheProgramWrites() throws IOException {
    ParityFixtures.write(folder);
    for (ParityCase which : ParityCase.ALL) {
      String name = which.name() + ".safetensors";
      try (SafetensorsFile made = SafetensorsFile.open(folder.resolve(name));
          SafetensorsFile committed = SafetensorsFile.open(COMMITTED.resolve(name))) {
        assertEquals(made.metadata(), committed.metadata());
        assertEquals(made.keys(), committed.keys());
        for (StoredTensor tensor : made.tensors()) {
          double[] expected = tensor.values();
          double largest = 0;
          for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
          }
          double[] actual = committed.get(tensor.key()).values();
          assertArrayEquals(expected, actual, ROUNDING * largest + 1e-12, tensor.key());
        }
      }
    }
  }
}
