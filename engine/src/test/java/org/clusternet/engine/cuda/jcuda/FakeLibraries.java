package org.clusternet.engine.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Libraries under NVIDIA's names, compiled from {@code src/test/c}, and programs run against them
 * in a JVM of their own, as a native library that has been loaded stays.
 */
final class FakeLibraries {
  private static final Path SOURCES = Path.of("src/test/c");
  private static final List<String> SIBLINGS =
      List.of(
          "graph",
          "ops",
          "cnn",
          "adv",
          "heuristic",
          "engines_precompiled",
          "engines_runtime_compiled");

  private final Path folder;

  FakeLibraries(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where there is no gcc. */
  static void requireCompiler() {
    boolean present =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(f -> Files.isExecutable(Path.of(f, "gcc")));
    Assumptions.assumeTrue(present, "no gcc on the PATH, which builds the fake libraries");
    Assumptions.assumeTrue(
        System.getProperty("os.name").startsWith("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "JCuda's natives are for linux-x86_64");
  }

  FakeLibraries driver() {
    return compile("fake_cuda.c", "libcuda.so.1", null);
  }

  FakeLibraries cublas(int major) {
    String name = "libcublas.so." + major;
    return compile("fake_cublas.c", name, name).cublasLt(major);
  }

  FakeLibraries cublasLt(int major) {
    return compile("empty.c", "libcublasLt.so." + major, null);
  }

  /** cuDNN 9 built for CUDA 12 or 13. */
  FakeLibraries cudnn(int major) {
    compile("fake_cudnn.c", "libcudnn.so.9", "libcudnn.so.9", "-DCUDA=" + major);
    SIBLINGS.forEach(sibling -> compile("empty.c", "libcudnn_" + sibling + ".so.9", null));
    return this;
  }

  private FakeLibraries compile(
      String source, String soname, String versionNode, String... options) {
    List<String> command =
        new ArrayList<>(List.of("gcc", "-O1", "-shared", "-fPIC", "-Wl,-soname," + soname, "-o"));
    command.add(folder.resolve(soname).toString());
    command.addAll(List.of(options));
    command.add(SOURCES.resolve(source).toString());
    try {
      if (versionNode != null) {
        Path script = folder.resolve(soname + ".map");
        Files.writeString(script, versionNode + " { global: *; };\n");
        command.add("-Wl,--version-script=" + script);
      }
      Output output = run(command, Map.of());
      assertEquals(0, output.exit(), output::text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** What a program printed, on both streams, and its exit code. */
  record Output(int exit, String text) {
    void has(String part) {
      assertTrue(text.contains(part), () -> "no \"" + part + "\" in:\n" + text);
    }
  }

  /** Runs a main class of the tests against these libraries alone. */
  Output java(Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-Dclusternet.poison=true",
                "-Dclusternet.cache=" + folder.resolve("cache"),
                "-D" + SearchRoots.PROPERTY + "=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  private Output run(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "no end of " + command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return new Output(process.exitValue(), text);
  }
}
