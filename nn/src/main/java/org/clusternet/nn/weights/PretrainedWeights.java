package org.clusternet.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clusternet.nn.pytorch.PthFile;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.StoredTensor;

/**
 * Named tensors of a network trained elsewhere, from a file of any of these formats: a PyTorch
 * state dict ({@code .pth}, {@code .pt}), safetensors, or a folder of NPY files {@code KEY.npy}.
 * The format of a file is recognised by its content, not by its name.
 *
 * <p>Keys are those of torchvision, which timm shares for ResNet-18. What stands before them is
 * removed: {@code module.} of DataParallel, {@code backbone.} of detectors, {@code _orig_mod.} of
 * compiled models, and whatever attribute of a larger module the network was ({@code model.} as a
 * rule in Lightning). Of such a larger module only the network is taken, the weights of its loss
 * for instance are not. The counters {@code num_batches_tracked} are left out.
 */
public final class PretrainedWeights implements AutoCloseable {
  private static final List<String> PREFIXES = List.of("module.", "backbone.", "_orig_mod.");
  private static final String FIRST = "conv1.weight";
  private static final String SECOND = "layer1.0.conv1.weight";
  private static final String COUNTER = "num_batches_tracked";
  private static final String NPY = ".npy";
  private static final int HEAD = 16;

  private final Path path;
  private final Map<String, StoredTensor> tensors;
  private final Runnable closing;

  private PretrainedWeights(Path path, Collection<StoredTensor> stored, Runnable closing)
      throws WeightsException {
    this.path = path;
    this.closing = closing;
    Map<String, StoredTensor> named = new LinkedHashMap<>();
    for (StoredTensor tensor : stored) {
      String key = key(tensor.key());
      if (!key.endsWith(COUNTER) && named.put(key, tensor) != null) {
        throw new WeightsException(
            path, "key=" + key + " occurs twice, at least once with a prefix of " + PREFIXES);
      }
    }
    this.tensors = Collections.unmodifiableMap(network(path, named));
  }

  /** The tensors of the only ResNet among them; all of them if there is none to be seen. */
  private static Map<String, StoredTensor> network(Path path, Map<String, StoredTensor> named)
      throws WeightsException {
    List<String> owners =
        named.keySet().stream()
            .filter(k -> k.endsWith("." + SECOND))
            .map(k -> k.substring(0, k.length() - SECOND.length()))
            .filter(p -> named.containsKey(p + FIRST))
            .toList();
    if (owners.isEmpty() || named.containsKey(SECOND)) {
      return named;
    }
    if (owners.size() > 1) {
      throw new WeightsException(
          path,
          "holds several networks, prefixes=" + owners + "; save the state_dict() of one of them");
    }
    String owner = owners.get(0);
    Map<String, StoredTensor> own = new LinkedHashMap<>();
    named.forEach(
        (key, tensor) -> {
          if (key.startsWith(owner)) {
            own.put(key.substring(owner.length()), tensor);
          }
        });
    return own;
  }

  /**
   * Opens a file or folder.
   *
   * @throws IOException if it does not exist, is damaged or of an unknown format; the message is
   *     one line
   */
  public static PretrainedWeights open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new PretrainedWeights(path, npyFiles(path), () -> {});
    }
    if (!Files.exists(path)) {
      throw new WeightsException(path, "there is no such file");
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD);
    }
    if (PthFile.hasMagic(head)) {
      return new PretrainedWeights(path, PthFile.read(path, head).values(), () -> {});
    }
    if (head.length > 8 && head[8] == '{') {
      return safetensors(path);
    }
    throw new WeightsException(
        path,
        "is not a file of weights; PyTorch's .pth and .pt, safetensors, and folders of .npy are read");
  }

  private static PretrainedWeights safetensors(Path path) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(path);
    try {
      return new PretrainedWeights(path, file.tensors(), file::close);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static List<StoredTensor> npyFiles(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(NPY)).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new WeightsException(folder, "is a folder without .npy files");
    }
    List<StoredTensor> tensors = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      tensors.add(NpyFile.read(file, name.substring(0, name.length() - NPY.length())));
    }
    return tensors;
  }

  private static String key(String stored) {
    String key = stored;
    boolean again = true;
    while (again) {
      again = false;
      for (String prefix : PREFIXES) {
        if (key.startsWith(prefix)) {
          key = key.substring(prefix.length());
          again = true;
        }
      }
    }
    return key;
  }

  /** The file or folder. */
  public Path path() {
    return path;
  }

  /** The tensors by torchvision's key; their data may be read until this is closed. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /**
   * Whether its batch normalisations are folded into the convolutions before them: these have
   * biases, and there are no normalisations.
   */
  public boolean isFolded() {
    return tensors.containsKey("conv1.bias") && !tensors.containsKey("bn1.weight");
  }

  /** For people: the file and what it holds. */
  @Override
  public String toString() {
    String types =
        tensors.values().stream()
            .map(t -> t.type().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    return "%s: %d tensors of %s".formatted(path, tensors.size(), types);
  }

  /** Releases the mapping of the file. */
  @Override
  public void close() {
    closing.run();
  }
}
