package org.clusternet.engine.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.clusternet.engine.cuda.jcuda.FakeLibraries.Output;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JCuda's natives as they are, on libraries that answer for the driver, cuBLAS and cuDNN on the
 * host: the names, order and types of all arguments, the search, the unpacking, CUDA 13, and what
 * is said where something is missing.
 */
class FakeGpuTest {
  @TempDir private Path folder;

  @BeforeAll
  static void requireCompiler() {
    FakeLibraries.requireCompiler();
  }

  /** The fake names the engines that it runs. */
  private static final Map<String, String> NAMED = Map.of("FAKE_CUDNN", "");

  private Output run(FakeLibraries libraries, String what, Map<String, String> environment)
      throws IOException {
    return libraries.java(FakeGpuProgram.class, environment, what);
  }

  @Test
  void runsOpsOnTheLibrariesOfCuda12() throws IOException {
    FakeLibraries all = new FakeLibraries(folder).driver().cublas(12).cudnn(12);
    Output output = run(all, "ops", Map.of());
    output.has("Fake GPU 0 (compute capability 9.0, 1 GiB), CUDA 12.4");
    output.has("CUDA 12.4, cuBLAS 12.6.5, cuDNN 9.5.1 for CUDA 12, FP32");
    output.has("checks=");
    assertEquals(0, output.exit(), output::text);
  }

  /** The fake's engines: 0 is not deterministic, 1 rounds to TF32, and 3 makes no plan. */
  @Test
  void onlyEnginesOfTheArithmeticAskedForAreUsed() throws IOException {
    FakeLibraries all = new FakeLibraries(folder).driver().cublas(12).cudnn(12);
    assertEquals(Set.of(0, 2), engines(run(all, "ops", NAMED)));
    assertEquals(Set.of(2), engines(run(all, "deterministic ops", NAMED)));
    assertEquals(Set.of(0, 1, 2), engines(run(all, "tf32 ops", NAMED)));
    assertEquals(
        Set.of(),
        engines(
            run(
                all,
                "ops",
                Map.of("FAKE_CUDNN", "", "JAVA_TOOL_OPTIONS", "-Dclusternet.cuda.engines=0"))));
  }

  private static Set<Integer> engines(Output output) {
    output.has("checks=");
    return output
        .text()
        .lines()
        .filter(line -> line.matches("engine \\d F32"))
        .map(line -> Integer.valueOf(line.substring(7, 8)))
        .collect(Collectors.toSet());
  }

  @Test
  void runsOpsOnTheLibrariesOfCuda13() throws IOException {
    FakeLibraries all = new FakeLibraries(folder).driver().cublas(13).cudnn(13);
    Output output = run(all, "ops", Map.of());
    output.has("checks=");
    assertEquals(0, output.exit(), output::text);
    assertTrue(
        Files.exists(
            folder.resolve("cache/jcuda-12.6.0-cuda13/" + JCudaNatives.fileName("JCublas2"))));
  }

  /** The real one ends the process where it finds none. */
  @Test
  void cudnnNeedsTheCublasOfItsOwnCuda() throws IOException {
    FakeLibraries mixed = new FakeLibraries(folder).driver().cublas(13).cudnn(12);
    run(mixed, "open", Map.of())
        .has(
            "libcudnn.so.9 is built for CUDA 12 and needs its libcublasLt.so.12, which is not"
                + " there; install cuBLAS of CUDA 12, or name by -Dclusternet.cuda.path=DIR");
    run(mixed, "doctor", Map.of()).has("no cuDNN        " + folder.resolve("libcudnn.so.9"));
    run(mixed.cublasLt(12), "open", Map.of()).has("opened");
  }

  @Test
  void figuresAndErrorsOfTheDriverArriveAsTheyAre() throws IOException {
    Output output =
        run(new FakeLibraries(folder).driver().cublas(12).cudnn(12), "driver", Map.of());
    output.has("name=Fake GPU 0, major=9, minor=0, multiprocessors=132");
    output.has("free=123456789");
    output.has("cuMemAlloc(bytes=1099511627776): CUDA_ERROR_OUT_OF_MEMORY: out of memory");
    output.has(
        "cuModuleLoadDataEx(module=broken): CUDA_ERROR_INVALID_PTX: ptxas: line 1: no .version");
    output.has("cuModuleGetFunction(module=fill, name=absent): CUDA_ERROR_NOT_FOUND");
    output.has("numbers=[7, 7, 16843009]");
    output.has(
        "cuLaunchKernel(function=fill_32, grid=Dim[x=1, y=1, z=1], block=Dim[x=1, y=1, z=1]");
    output.has("cuFuncSetAttribute(function=fill_32, MAX_DYNAMIC_SHARED_SIZE_BYTES=307200)");
    output.has("milliseconds=1.5");
    output.has("other thread: []");
    output.has("cuMemFree(address=0x");
    output.has("done");
    assertEquals(0, output.exit(), output::text);
    assertTrue(!output.text().contains("memory is left"), output::text);
  }

  @Test
  void aDriverWithoutAGpuIsReported() throws IOException {
    FakeLibraries all = new FakeLibraries(folder).driver().cublas(12).cudnn(12);
    Map<String, String> none = Map.of("FAKE_CUDA", "no device");
    run(all, "open", none)
        .has("GPU: cuInit(flags=0): CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected");
    Output report = run(all, "doctor", none);
    report.has("no GPU          cuInit(flags=0): CUDA_ERROR_NO_DEVICE");
    report.has("nvidia-smi must list a GPU");
    report.has("CUDA cannot be used here (GPU)");
    assertEquals(0, report.exit());
  }

  @Test
  void aMissingDriverIsReported() throws IOException {
    Output report = run(new FakeLibraries(folder).cublas(12).cudnn(12), "doctor", Map.of());
    report.has("no driver       the loader finds no libcuda.so.1");
    report.has("-  cuBLAS       " + folder.resolve("libcublas.so.12") + ", not loaded: no GPU");
    assertEquals(0, report.exit());
  }

  @Test
  void missingLibrariesAreReported() throws IOException {
    Output report = run(new FakeLibraries(folder).driver(), "doctor", Map.of());
    report.has("no cuBLAS");
    report.has("pip install nvidia-cublas-cu12");
    report.has("no cuDNN");
    assertEquals(0, report.exit());
  }

  /** The fake knows a few kernels only: the others are named, and the report ends in order. */
  @Test
  void theDoctorReportsOnAGpu() throws IOException {
    Output report =
        run(new FakeLibraries(folder).driver().cublas(12).cudnn(12), "doctor", Map.of());
    report.has("ok driver       serves CUDA 12.4");
    report.has("ok GPU          Fake GPU 0, compute capability 9.0, 132 multiprocessors");
    report.has("ok memory       0.1 GiB free of 1.0 GiB");
    report.has("ok cuBLAS       cuBLAS 12.6.5, " + folder.resolve("libcublas.so.12"));
    report.has("ok cuDNN        cuDNN 9.5.1 for CUDA 12, " + folder.resolve("libcudnn.so.9"));
    report.has("ok JCuda        12.6.0 in ");
    report.has("ok PTX modules");
    report.has("no kernels");
    report.has("CUDA_ERROR_NOT_FOUND");
    assertEquals(0, report.exit(), report::text);
  }
}
