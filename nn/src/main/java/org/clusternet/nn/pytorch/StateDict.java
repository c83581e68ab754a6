package org.clusternet.nn.pytorch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the state dict in what a training program saved: the dictionary itself, or one of its
 * entries beside the epoch, the optimiser and the best accuracy, which may be tensors too.
 */
final class StateDict {
  /** Keys of the entry, in the order in which they are looked up: averaged weights come last. */
  private static final List<String> ENTRIES =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "weights",
          "params",
          "state_dict_ema",
          "model_ema",
          "ema_state_dict",
          "params_ema",
          "ema");

  private static final int MAX_DEPTH = 4;
  private static final String EXTRA_STATE = "_extra_state";
  private static final String COUNTER = "num_batches_tracked";
  private static final int NAMED = 10;

  private final Path path;
  private @Nullable String wholeModel;

  private StateDict(Path path) {
    this.path = path;
  }

  /**
   * The tensors of the state dict.
   *
   * @param path the file, for errors
   * @param root the object that the file holds
   * @return tensors by name, in the order of the file
   * @throws PthException if there is no state dict, or a parameter of it is no tensor
   */
  static Map<String, Storage.Tensor> of(Path path, @Nullable Object root) throws PthException {
    return new StateDict(path).tensors(root);
  }

  private Map<String, Storage.Tensor> tensors(@Nullable Object root) throws PthException {
    if (root instanceof Foreign module) {
      throw wholeModel(module.toString());
    }
    if (!(root instanceof Map<?, ?> dict)) {
      throw new PthException(path, "holds " + TorchObjects.kind(root) + ", no state dict");
    }
    Map<?, ?> found = find(dict, 0);
    if (found == null && wholeModel != null) {
      throw wholeModel(wholeModel);
    }
    if (found == null) {
      throw new PthException(
          path,
          "holds a dictionary without tensors, keys="
              + dict.keySet().stream().limit(NAMED).toList()
              + "; save model.state_dict()");
    }
    return checked(found);
  }

  private PthException wholeModel(String type) {
    return new PthException(
        path,
        "holds a whole object of the class "
            + type
            + ", which only Python can load; in Python save its state_dict() with torch.save");
  }

  /** The innermost state dict; null if there is none. */
  private @Nullable Map<?, ?> find(Map<?, ?> dict, int depth) {
    for (String key : ENTRIES) {
      Object entry = dict.get(key);
      if (entry instanceof Foreign module && wholeModel == null) {
        wholeModel = module.toString();
      }
      Map<?, ?> inner =
          entry instanceof Map<?, ?> map && depth < MAX_DEPTH ? find(map, depth + 1) : null;
      if (inner != null) {
        return inner;
      }
    }
    return dict.values().stream().anyMatch(Storage.Tensor.class::isInstance) && wholeModel == null
        ? dict
        : null;
  }

  private Map<String, Storage.Tensor> checked(Map<?, ?> dict) throws PthException {
    Map<String, Storage.Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> e : dict.entrySet()) {
      if (e.getKey() instanceof String key && e.getValue() instanceof Storage.Tensor tensor) {
        tensors.put(key, tensor);
      } else if (!isBeside(e.getKey(), e.getValue())) {
        throw new PthException(
            path,
            "key=%s is %s; a state dict holds tensors only"
                .formatted(e.getKey(), TorchObjects.kind(e.getValue())));
      }
    }
    return tensors;
  }

  /** Whether an entry that is no tensor is no parameter either, so that it can be left out. */
  private static boolean isBeside(@Nullable Object key, @Nullable Object value) {
    if (!(key instanceof String name) || value instanceof Storage.Tensor) {
      return false;
    }
    return !name.contains(".")
        || name.endsWith(EXTRA_STATE)
        || (name.endsWith(COUNTER) && value instanceof Long);
  }
}
