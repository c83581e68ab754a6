package org.clusternet.data.tng;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an HDF5 group, which writers store as scalars or as arrays of one, in any
 * number type.
 *
 * @param file file named in errors
 * @param node the group
 */
record Attributes(Path file, Node node) {

  /**
   * A required number.
   *
   * @throws DataException if there is no such attribute, or it is not a number
   */
  double require(String name) {
    return number(name)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: %s has no attribute=%s; a cutout of the TNG API has it, get the file again"
                        .formatted(file, node.getName(), name)));
  }

  /**
   * A number, if the attribute exists.
   *
   * @throws DataException if it is not one number
   */
  OptionalDouble number(String name) {
    double[] values = numbers(name);
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    if (values.length != 1) {
      throw bad(name, "values=" + values.length + " where one is expected");
    }
    return OptionalDouble.of(values[0]);
  }

  /** All numbers of an attribute, row by row; none if there is no such attribute. */
  double[] numbers(String name) {
    Object data = data(name);
    return data == null
        ? new double[0]
        : Numbers.flat(data).orElseThrow(() -> bad(name, "is not a number"));
  }

  /** A text, if the attribute exists and is a text. */
  Optional<String> text(String name) {
    Object data = data(name);
    if (data != null && data.getClass().isArray() && Array.getLength(data) == 1) {
      data = Array.get(data, 0);
    }
    return data instanceof String text && !text.isBlank()
        ? Optional.of(text.strip())
        : Optional.empty();
  }

  private @Nullable Object data(String name) {
    try {
      Attribute attribute = node.getAttribute(name);
      return attribute == null || attribute.isEmpty() ? null : attribute.getData();
    } catch (HdfException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException(
          "%s: attribute=%s of %s cannot be read: %s; get the file again"
              .formatted(file, name, node.getName(), e.getMessage()),
          e);
    }
  }

  private DataException bad(String name, String reason) {
    return new DataException(
        "%s: attribute=%s of %s: %s; get the file again"
            .formatted(file, name, node.getName(), reason));
  }
}
