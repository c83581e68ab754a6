package org.clusternet.engine.tensor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What devices keep beside frozen memory: results that follow from its content alone, such as
 * weights in the layout that a library asks for. They end with the memory that they follow from.
 */
final class Derived {

  private record Key(long offset, TensorType type, Object what) {}

  private final Scope scope;
  private final Map<Key, Tensor> tensors = new HashMap<>();

  Derived(MemoryPool pool) {
    this.scope = new Scope(pool);
  }

  /** What was derived from a part of the memory under this key, made at the first request. */
  synchronized Tensor get(
      long offset, TensorType type, Object what, Function<Scope, Tensor> maker) {
    Key key = new Key(offset, type, what);
    Tensor known = tensors.get(key);
    if (known == null) {
      known = maker.apply(scope);
      tensors.put(key, known);
    }
    return known;
  }

  synchronized void close() {
    tensors.clear();
    scope.close();
  }
}
