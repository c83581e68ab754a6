package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.data.io.AtomicFolder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/**
 * An ablation of two networks and the classical classifiers over two seeds, run once for all test
 * classes that read it.
 *
 * @param out the experiment's folder; tests change {@linkplain #copy copies} only
 * @param result what the command printed
 */
record SmallAblation(Path out, Cli.Result result) {
  private static final List<String> SETTINGS =
      List.of(
          "--clusters=9",
          "--folds=3",
          "--epochs=2",
          "--image-size=32",
          "--width=4",
          "--batch=6",
          "--resamples=200",
          "--seed=3");

  /** Runs the ablation in a folder, with more options. */
  static Cli.Result run(Path out, String... more) {
    String[] rows = {"--rows", "baseline,all", "--seeds", "2"};
    return command(
        "ablation", out, Stream.of(rows, more).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Runs an experiment with the settings of the ablation. */
  static Cli.Result command(String command, Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--out", out.toString()));
    arguments.addAll(SETTINGS);
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** Copies the folder without the models. */
  Path copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(out.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (!file.getFileName().toString().endsWith(".safetensors")) {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }

  /** Runs the ablation for the first test class that asks and deletes it after the last test. */
  static final class Shared extends TypeBasedParameterResolver<SmallAblation> {

    private record Kept(SmallAblation ablation) implements AutoCloseable {
      @Override
      public void close() {
        AtomicFolder.deleteTree(ablation.out().getParent());
      }
    }

    @Override
    public SmallAblation resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Shared.class))
          .getOrComputeIfAbsent(Kept.class, key -> start(), Kept.class)
          .ablation();
    }

    private static Kept start() {
      try {
        Path out = Files.createTempDirectory("ablation").resolve("out");
        Cli.Result result = run(out, "--jobs", "2");
        assertEquals(0, result.exit(), result::toString);
        return new Kept(new SmallAblation(out, result));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
