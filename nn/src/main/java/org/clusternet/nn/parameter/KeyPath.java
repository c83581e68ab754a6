package org.clusternet.nn.parameter;

import org.clusternet.engine.tensor.Shape;

/**
 * A place in a model's tree of names, where a layer declares its parameters. Keys are the names on
 * the path joined by dots, as in PyTorch: {@code layer2.0.downsample.0.weight}.
 */
public final class KeyPath {
  private final Parameters parameters;
  private final String path;

  KeyPath(Parameters parameters, String path) {
    this.parameters = parameters;
    this.path = path;
  }

  /** The child of a name. */
  public KeyPath child(String name) {
    return new KeyPath(parameters, join(name));
  }

  /** The element {@code index} of a sequence. */
  public KeyPath child(int index) {
    return child(Integer.toString(index));
  }

  /** Declares a trainable parameter. */
  public Parameter parameter(String name, Initial initial, int... dims) {
    return parameters.declare(join(name), Shape.of(dims), initial, true);
  }

  /** Declares a tensor that is saved with the model but not trained. */
  public Parameter buffer(String name, Initial initial, int... dims) {
    return parameters.declare(join(name), Shape.of(dims), initial, false);
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The names joined by dots; empty at the root. */
  @Override
  public String toString() {
    return path;
  }
}
