package org.clusternet.bench.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.clusternet.data.image.ImageFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Reads the images that are named on standard input and prints the milliseconds of each, so that
 * {@code bench/fits-reading} and {@code bench/event-lists} can let another library read the same
 * file in turn.
 */
@Command(
    name = "reading",
    mixinStandardHelpOptions = true,
    description = "Reads each image named on standard input and prints its milliseconds.")
public final class Reading implements Callable<Integer> {
  private static final double NANOS = 1e6;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader names =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      long start = System.nanoTime();
      ImageFile.read(Path.of(name));
      out.println((System.nanoTime() - start) / NANOS);
      out.flush();
    }
    return 0;
  }
}
