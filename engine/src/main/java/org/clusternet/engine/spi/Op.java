package org.clusternet.engine.spi;

import java.util.List;
import org.clusternet.engine.tensor.TensorType;

/**
 * An operation: a record of attributes that knows which output types follow from which input types.
 *
 * <p>Implementations are records, so that equal attributes are equal ops (devices cache what they
 * prepare per op and types) and messages show the attributes. Every op is either {@link
 * Differentiable} or carries {@link NotDifferentiable} with the reason.
 */
public interface Op {

  /**
   * The output types that follow from the input types.
   *
   * @throws OpException if the inputs do not fit, naming op and operands
   */
  List<TensorType> infer(List<TensorType> inputs);

  /**
   * The input whose memory output {@code output} is written to, or -1 for memory of its own. This
   * is how an op updates running statistics or parameters in place.
   */
  default int inPlace(int output) {
    return -1;
  }

  /** The name in messages and profiles; nested records are shown as {@code Outer.Inner}. */
  default String name() {
    String binary = getClass().getName();
    return binary.substring(binary.lastIndexOf('.') + 1).replace('$', '.');
  }

  /** Name and attributes, for messages: {@code Conv2d.BackwardInput[stride=2, ...]}. */
  default String describe() {
    String text = toString();
    return name() + text.substring(Math.max(0, text.indexOf('[')));
  }
}
