package org.clusternet.engine.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.testing.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where libraries are found, in which order, and what is said where they are not: on fake trees.
 */
class LibrarySearchTest {
  private static final List<String> PARTS =
      List.of(
          "",
          "_graph",
          "_ops",
          "_cnn",
          "_adv",
          "_heuristic",
          "_engines_precompiled",
          "_engines_runtime_compiled");

  @TempDir private Path root;
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable String chosen;
  private String loaderCache = "";

  private LibrarySearch search() {
    return new LibrarySearch(new SearchRoots(root, environment, chosen, loaderCache).folders());
  }

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.exists(file) ? file : Files.createFile(file);
  }

  private Path cublas(String folder, int major) throws IOException {
    file(folder + "/libcublasLt.so." + major);
    return file(folder + "/libcublas.so." + major);
  }

  private Path cudnn(String folder) throws IOException {
    for (String part : PARTS) {
      file(folder + "/libcudnn" + part + ".so.9");
    }
    return root.resolve(folder).resolve("libcudnn.so.9");
  }

  /** From the last place to the first: each new one wins over all before. */
  @Test
  void eachPlaceIsSearchedBeforeTheNext() throws IOException {
    Path python = cublas("usr/lib/python3.12/dist-packages/nvidia/cublas/lib", 12);
    assertEquals(python, search().cublas().cublas());
    Path local = cublas("home/me/.local/lib/python3.11/site-packages/nvidia/cublas/lib", 12);
    environment.put("HOME", root.resolve("home/me").toString());
    assertEquals(local, search().cublas().cublas());
    file("conda/bin/python3");
    environment.put("PATH", "/nowhere:" + root.resolve("conda/bin"));
    Path conda = cublas("conda/lib/python3.13/site-packages/nvidia/cublas/lib", 12);
    assertEquals(conda, search().cublas().cublas());
    Path venv = cublas("venv/lib/python3.12/site-packages/nvidia/cublas/lib", 12);
    environment.put("VIRTUAL_ENV", root.resolve("venv").toString());
    assertEquals(venv, search().cublas().cublas());
    Path cached = cublas("lib/x86_64-linux-gnu", 12);
    loaderCache =
        "2 libs found in cache\n\tlibcublas.so.12 (libc6,x86-64) => "
            + cached
            + "\n\tlibcublas.so.12 (libc6) => /lib32/libcublas.so.12\n";
    assertEquals(cached, search().cublas().cublas());
    Path toolkit = cublas("usr/local/cuda-12.2/lib64", 12);
    assertEquals(toolkit, search().cublas().cublas());
    Path newer = cublas("usr/local/cuda-12.6/targets/x86_64-linux/lib", 12);
    assertEquals(newer, search().cublas().cublas());
    Path module = cublas("modules/cuda/lib", 12);
    environment.put("LD_LIBRARY_PATH", "/nowhere::" + module.getParent());
    assertEquals(module, search().cublas().cublas());
    Path named = cublas("mine", 12);
    chosen = root.resolve("mine").toString();
    assertEquals(named, search().cublas().cublas());
  }

  @Test
  void findsEnvironmentsBehindLinksAndUnderOpt() throws IOException {
    String packages = "lib/python3.12/site-packages/nvidia/cu13/lib";
    Path hidden = cublas("opt/torch/.venv/" + packages, 13);
    assertEquals(hidden, search().cublas().cublas());
    Path linked = cublas("srv/env/" + packages, 13);
    file("srv/env/bin/python3");
    Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(root.resolve("links/python3"), Path.of("../srv/env/bin/python3"));
    environment.put("PATH", root.resolve("links").toString());
    assertEquals(linked.toRealPath(), search().cublas().cublas().toRealPath());
    assertTrue(search().compiler(13).isEmpty());
    Path compiler = file("srv/env/" + packages + "/libnvrtc.so.13");
    assertEquals(compiler.toRealPath(), search().compiler(13).orElseThrow().toRealPath());
  }

  @Test
  void cuda12IsTakenBefore13WhichIsTakenBeforeNone() throws IOException {
    chosen = root.resolve("a") + ":" + root.resolve("b");
    Path thirteen = cublas("a", 13);
    LibrarySearch.Cublas found = search().cublas();
    assertEquals(13, found.major());
    assertEquals(thirteen, found.cublas());
    assertEquals(root.resolve("a/libcublasLt.so.13"), found.cublasLt());
    Path twelve = cublas("b", 12);
    assertEquals(twelve, search().cublas().cublas());
    assertEquals(12, search().cublas().major());
  }

  @Test
  void cublasWithoutItsBaseIsNone() throws IOException {
    chosen = root.resolve("a").toString();
    file("a/libcublas.so.12");
    CudaUnavailableException error =
        assertThrows(CudaUnavailableException.class, () -> search().cublas());
    assertTrue(error.missing().startsWith("cuBLAS: no libcublas.so.12 or .13"), error.missing());
    assertTrue(error.missing().contains(root.resolve("a").toString()), error.missing());
    assertTrue(error.remedy().contains("-Dclusternet.cuda.path=DIR"), error.remedy());
  }

  @Test
  void cudnnWithoutItsPartsIsPassedOverAndNamed() throws IOException {
    chosen = root.resolve("a") + ":" + root.resolve("b");
    Path broken = cudnn("a");
    Files.delete(root.resolve("a/libcudnn_ops.so.9"));
    Files.delete(root.resolve("a/libcudnn_heuristic.so.9"));
    CudaUnavailableException error =
        assertThrows(CudaUnavailableException.class, () -> search().cudnn());
    assertTrue(
        Messages.of(error)
            .contains(broken + " lacks libcudnn_ops.so.9, libcudnn_heuristic.so.9 beside it"),
        Messages.of(error));
    Path whole = cudnn("b");
    assertEquals(whole, search().cudnn());
  }

  @Test
  void onAnEmptyMachineTheErrorSaysWhatToInstall() {
    assertThrows(CudaUnavailableException.class, () -> search().cublas());
    CudaUnavailableException error =
        assertThrows(CudaUnavailableException.class, () -> search().cudnn());
    assertTrue(Messages.of(error).contains("pip install nvidia-cudnn-cu12"), Messages.of(error));
  }
}
