package org.clusternet.kernels.emulator.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of a scope, and those of the scopes around it. */
final class Names {
  private final Map<String, Binding> bindings = new HashMap<>();
  private final Optional<Names> outer;

  Names() {
    this.outer = Optional.empty();
  }

  Names(Names outer) {
    this.outer = Optional.of(outer);
  }

  void bind(String name, Binding binding) {
    bindings.put(name, binding);
  }

  Optional<Binding> find(String name) {
    Binding here = bindings.get(name);
    return here != null ? Optional.of(here) : outer.flatMap(names -> names.find(name));
  }
}
