package org.clusternet.engine.cuda.jcuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.clusternet.engine.cuda.api.CudaUnavailableException;

/**
 * Which cuBLAS and which cuDNN to load, of those that a machine has: the first of the search order,
 * of CUDA 12 if there is one, as JCuda's natives are built for that, or else of CUDA 13.
 */
public final class LibrarySearch {
  private static final List<Integer> MAJORS = List.of(12, 13);
  private static final String CUDNN = "libcudnn.so.9";

  /** What libcudnn.so.9 loads by itself, and ends the process if it cannot. */
  private static final List<String> SIBLINGS =
      List.of(
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9");

  /**
   * Files of cuBLAS.
   *
   * @param major major version of CUDA
   * @param cublas the library
   * @param cublasLt the library that it needs
   */
  public record Cublas(int major, Path cublas, Path cublasLt) {}

  private final List<Path> folders;

  /** A search through folders in this order. */
  LibrarySearch(List<Path> folders) {
    this.folders = folders;
  }

  /** A search through this machine. */
  public static LibrarySearch ofThisMachine() {
    return new LibrarySearch(SearchRoots.ofThisMachine().folders());
  }

  /**
   * The cuBLAS to load.
   *
   * @throws CudaUnavailableException if there is none
   */
  public Cublas cublas() {
    for (int major : MAJORS) {
      Optional<Path> cublas = find("libcublas.so." + major);
      Optional<Path> cublasLt = cublasLt(major);
      if (cublas.isPresent() && cublasLt.isPresent()) {
        return new Cublas(major, cublas.get(), cublasLt.get());
      }
    }
    throw new CudaUnavailableException(
        "cuBLAS: no libcublas.so.12 or .13 with its libcublasLt in " + looked(),
        "install it (pip install nvidia-cublas-cu12, or the CUDA toolkit) or name its folder by -D"
            + SearchRoots.PROPERTY
            + "=DIR");
  }

  /**
   * What cuBLAS stands on, and cuDNN too: beside cuBLAS, or else anywhere.
   *
   * @param major major version of CUDA
   */
  public Optional<Path> cublasLt(int major) {
    String name = "libcublasLt.so." + major;
    return find("libcublas.so." + major)
        .map(file -> file.resolveSibling(name))
        .filter(Files::exists)
        .or(() -> find(name));
  }

  /**
   * The cuDNN to load, which has all its parts beside it.
   *
   * @throws CudaUnavailableException if there is none
   */
  public Path cudnn() {
    String incomplete = "";
    for (Path folder : folders) {
      Path file = folder.resolve(CUDNN);
      if (Files.exists(file)) {
        List<String> missing =
            SIBLINGS.stream().filter(name -> !Files.exists(folder.resolve(name))).toList();
        if (missing.isEmpty()) {
          return file;
        }
        incomplete = "; " + file + " lacks " + String.join(", ", missing) + " beside it";
      }
    }
    throw new CudaUnavailableException(
        "cuDNN: no complete " + CUDNN + " in " + looked() + incomplete,
        "install cuDNN 9 (pip install nvidia-cudnn-cu12) or name its folder by -D"
            + SearchRoots.PROPERTY
            + "=DIR");
  }

  /**
   * NVIDIA's compiler at run time, which some of cuDNN's algorithms use where it is there.
   *
   * @param major major version of CUDA
   */
  public Optional<Path> compiler(int major) {
    return find("libnvrtc.so." + major);
  }

  private Optional<Path> find(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }

  private String looked() {
    return folders.isEmpty() ? "any of the usual folders" : folders.toString();
  }
}
