package org.clusternet.kernels.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layout of CUDA sources as far as it can be checked without clang-format. */
class CudaStyleTest {
  private static final int COLUMNS = 100;

  @Test
  void cudaSourcesHaveNoTabsAndNoLinesOver100Columns() throws IOException {
    List<String> faults = new ArrayList<>();
    for (CudaSources sources : List.of(CudaSources.MAIN, CudaSources.FIXTURES)) {
      try (Stream<Path> files = Files.list(sources.folder())) {
        for (Path file : files.sorted().toList()) {
          check(file, faults);
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  private static void check(Path file, List<String> faults) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = file + ":" + (i + 1) + ": ";
      if (line.length() > COLUMNS) {
        faults.add(place + line.length() + " columns");
      }
      if (line.indexOf('\t') >= 0) {
        faults.add(place + "tab");
      }
    }
  }
}
