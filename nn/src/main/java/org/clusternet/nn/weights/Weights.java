package org.clusternet.nn.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsException;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;

/**
 * Saves named tensors of a device to a safetensors file and loads them from one: the weights of a
 * model, the state of an optimiser, the arrays of a prediction.
 *
 * <p>Files have the row-major order that PyTorch expects (weights O I kH kW, images N C H W),
 * whatever the order in memory. Loading is strict: a file must fit completely.
 */
public final class Weights {
  private static final String IGNORED = "num_batches_tracked";

  private Weights() {}

  /**
   * Saves tensors, replacing a file of the same name.
   *
   * @param path path of the file, in a folder that exists
   * @param metadata free text by name
   * @param device device of the tensors
   * @param tensors tensors of any element type by key
   * @throws IOException if it cannot be written; an existing file is then unchanged
   */
  public static void save(
      Path path, Map<String, String> metadata, Device device, Map<String, Tensor> tensors)
      throws IOException {
    List<StoredTensor> stored = new ArrayList<>(tensors.size());
    tensors.forEach((key, t) -> stored.add(stored(device, key, t)));
    SafetensorsWriter.write(path, metadata, stored);
  }

  /** Saves all parameters and buffers of a model as {@link #save(Path, Map, Device, Map)} does. */
  public static void save(Path path, Map<String, String> metadata, Parameters parameters)
      throws IOException {
    save(path, metadata, parameters.device(), parameters.tensors());
  }

  private static StoredTensor stored(Device device, String key, Tensor tensor) {
    return StoredTensor.of(
        key,
        StoredType.of(tensor.dtype()),
        extents(tensor.shape()),
        HostValues.get(device, tensor));
  }

  static List<Long> extents(Shape shape) {
    return Arrays.stream(shape.dims()).asLongStream().boxed().toList();
  }

  /**
   * Loads all {@code tensors} from a file. Floating-point types are converted into each other; keys
   * that end in {@code num_batches_tracked} are ignored.
   *
   * @throws SafetensorsException if the file does not fit; the message lists all keys that are
   *     missing, unexpected, or of another shape or type. Also if a number is not finite; the
   *     message names the first such tensor. No tensor has changed then
   */
  public static void load(SafetensorsFile file, Device device, Map<String, Tensor> tensors)
      throws SafetensorsException {
    requireFit(file, tensors);
    for (String key : tensors.keySet()) {
      String problem = Finite.problem(key, file.get(key).values());
      if (problem != null) {
        throw new SafetensorsException(file.path(), problem);
      }
    }
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      HostValues.set(device, e.getValue(), file.get(e.getKey()).values());
    }
  }

  /** Loads all parameters and buffers of a model, and allocates them if that has not been done. */
  public static void load(SafetensorsFile file, Parameters parameters) throws SafetensorsException {
    parameters.allocate();
    load(file, parameters.device(), parameters.tensors());
  }

  /** Opens a file and loads it as {@link #load(SafetensorsFile, Parameters)} does. */
  public static void load(Path path, Parameters parameters) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      load(file, parameters);
    }
  }

  private static void requireFit(SafetensorsFile file, Map<String, Tensor> tensors)
      throws SafetensorsException {
    List<String> missing = new ArrayList<>();
    List<String> differing = new ArrayList<>();
    List<String> unexpected = new ArrayList<>();
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      if (!file.keys().contains(e.getKey())) {
        missing.add(e.getKey());
      } else if (!fits(file.get(e.getKey()), e.getValue())) {
        StoredTensor stored = file.get(e.getKey());
        differing.add(
            "%s (file %s%s, model %s%s)"
                .formatted(
                    e.getKey(),
                    stored.type(),
                    stored.shape(),
                    e.getValue().dtype(),
                    extents(e.getValue().shape())));
      }
    }
    for (String key : file.keys()) {
      if (!tensors.containsKey(key) && !key.endsWith(IGNORED)) {
        unexpected.add(key);
      }
    }
    String problem = KeyReport.problem(missing, differing, unexpected);
    if (problem != null) {
      throw new SafetensorsException(file.path(), problem);
    }
  }

  private static boolean fits(StoredTensor stored, Tensor tensor) {
    boolean type =
        tensor.dtype().isFloating()
            ? stored.type().isFloating()
            : stored.type() == StoredType.of(tensor.dtype());
    return type && stored.shape().equals(extents(tensor.shape()));
  }
}
