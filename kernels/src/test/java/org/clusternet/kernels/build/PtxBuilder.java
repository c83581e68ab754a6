package org.clusternet.kernels.build;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.kernels.PtxManifest;

/**
 * Builds the PTX that is committed: {@code mvn -Pptx -pl kernels process-test-classes}, or with the
 * stems to build as arguments.
 *
 * <p>nvcc writes its own newest PTX version into the header, which older drivers refuse although
 * the code needs nothing of it. The builder lowers the version to the oldest that ptxas accepts, so
 * that every driver from CUDA 12.0 on loads the result.
 */
public final class PtxBuilder {
  private static final String TARGET = "75";
  private static final List<String> VERSIONS =
      List.of("6.3", "6.4", "6.5", "7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.8", "8.0");

  private static final Pattern RELEASE = Pattern.compile("V(\\d+\\.\\d+\\.\\d+)");

  private final Tool nvcc = required("nvcc");
  private final Tool ptxas = required("ptxas");

  private PtxBuilder() {}

  /** Builds the stems given, or all if there are none, of the kernels and of the tests. */
  public static void main(String[] stems) throws IOException, InterruptedException {
    PtxBuilder builder = new PtxBuilder();
    for (CudaSources sources : List.of(CudaSources.MAIN, CudaSources.TEST)) {
      for (String stem : sources.stems()) {
        if (stems.length == 0 || List.of(stems).contains(stem)) {
          builder.build(sources, stem, System.out);
        }
      }
    }
    Files.writeString(
        CudaSources.MAIN.resources().resolve("modules.txt"),
        String.join("\n", CudaSources.MAIN.stems()) + "\n");
  }

  private static Tool required(String name) {
    return Tool.find(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " was not found; install the CUDA toolkit 12 or 13 or set CUDA_HOME"));
  }

  private void build(CudaSources sources, String stem, PrintStream log)
      throws IOException, InterruptedException {
    Path folder = sources.folder();
    Path built = Files.createTempFile("kernel", ".ptx");
    try {
      run(
          nvcc,
          List.of(
              "-ptx",
              "-arch=compute_" + TARGET,
              "-std=c++17",
              "-Werror=all-warnings",
              "-I" + folder,
              "-o",
              built.toString(),
              folder.resolve(stem + ".cu").toString()));
      String ptx = lowered(Files.readString(built), built);
      PtxManifest manifest =
          new PtxManifest(
              sources.hash(stem),
              CudaSources.directive(ptx, "target"),
              CudaSources.directive(ptx, "version"),
              "nvcc " + release(),
              CudaSources.entries(ptx));
      Files.createDirectories(sources.resources());
      Files.writeString(sources.resources().resolve(stem + ".ptx"), ptx);
      Files.writeString(sources.resources().resolve(stem + ".manifest"), manifest.format());
      log.println(stem + ": PTX " + manifest.isa() + ", " + manifest.entries().size() + " entries");
    } finally {
      Files.delete(built);
    }
  }

  private String lowered(String ptx, Path scratch) throws IOException, InterruptedException {
    String body = ptx.substring(ptx.indexOf(".version"));
    for (String version : VERSIONS) {
      String candidate = body.replaceFirst("\\.version \\S+", ".version " + version);
      Files.writeString(scratch, candidate);
      if (assemble(scratch).status() == 0) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "no PTX version up to 8.0 (CUDA 12.0) accepts it: " + assemble(scratch).output());
  }

  private Tool.Outcome assemble(Path file) throws IOException, InterruptedException {
    return ptxas.run(List.of("-arch=sm_" + TARGET, "-o", "/dev/null", file.toString()));
  }

  private String release() throws IOException, InterruptedException {
    Matcher matcher = RELEASE.matcher(nvcc.run(List.of("--version")).output());
    return matcher.find() ? matcher.group(1) : "of unknown version";
  }

  private static void run(Tool tool, List<String> arguments)
      throws IOException, InterruptedException {
    Tool.Outcome outcome = tool.run(arguments);
    if (outcome.status() != 0) {
      throw new IllegalStateException(tool.program() + " failed:\n" + outcome.output());
    }
  }
}
