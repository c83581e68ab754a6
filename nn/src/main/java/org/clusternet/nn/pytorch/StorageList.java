package org.clusternet.nn.pytorch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;

/** The storages that a pickle names, each with one type and one size however often it is named. */
final class StorageList {
  private final Map<String, Storage> byKey = new LinkedHashMap<>();

  /** Notes the storage of a persistent id and returns the view of it that is meant. */
  Storage resolve(Object id) throws MisfitException {
    TorchObjects.Reference reference = TorchObjects.storage(id);
    Storage whole = reference.whole();
    Storage known = byKey.putIfAbsent(whole.key(), whole);
    if (known != null && !known.equals(whole)) {
      throw new MisfitException(
          "storage %s is once %s of %d elements and once %s of %d"
              .formatted(
                  whole.key(), known.type(), known.elements(), whole.type(), whole.elements()));
    }
    return reference.view();
  }

  /** All of them in the order in which they were named. */
  Collection<Storage> all() {
    return byKey.values();
  }

  /** The storage of a key, or null. */
  Storage get(String key) {
    return byKey.get(key);
  }
}
