package org.clusternet.nn.pytorch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;
import org.jspecify.annotations.Nullable;

/** The storages that a pickle refers to, each with the same type and size at every reference. */
final class StorageList {
  private final Map<String, Storage> byKey = new LinkedHashMap<>();

  /** Adds the storage of a persistent id and returns the view of it that the id refers to. */
  Storage resolve(@Nullable Object id) throws MisfitException {
    TorchObjects.Reference reference = TorchObjects.storage(id);
    Storage whole = reference.whole();
    Storage known = byKey.putIfAbsent(whole.key(), whole);
    if (known != null && !known.equals(whole)) {
      throw new MisfitException(
          "storage %s has %d elements of %s at one reference and %d of %s at another"
              .formatted(
                  whole.key(), known.elements(), known.type(), whole.elements(), whole.type()));
    }
    return reference.view();
  }

  /** All storages in the order of the first reference to each. */
  Collection<Storage> all() {
    return byKey.values();
  }

  /** The storage of a key. */
  @Nullable Storage get(String key) {
    return byKey.get(key);
  }
}
