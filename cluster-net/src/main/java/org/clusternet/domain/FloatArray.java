package org.clusternet.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * 32-bit floats that are text in JSON: base64 of their bytes, little-endian, a quarter of the
 * length of decimal numbers. In Python: {@code numpy.frombuffer(base64.b64decode(text), "<f4")}.
 */
final class FloatArray {
  private final float[] values;

  private FloatArray(float[] values) {
    this.values = values;
  }

  /** Rounds numbers to floats. */
  static FloatArray of(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new FloatArray(rounded);
  }

  /**
   * Reads the text that {@link #text} gives.
   *
   * @throws IllegalArgumentException if it is something else, or a number is not finite
   */
  @JsonCreator
  static FloatArray parse(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException("base64 of bytes=" + bytes.length + "; floats have four");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("base64 of a number that is not finite: " + value);
      }
    }
    return new FloatArray(values);
  }

  /** The bytes in base64. */
  @JsonValue
  String text() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  int length() {
    return values.length;
  }

  float get(int index) {
    return values[index];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FloatArray array && Arrays.equals(values, array.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
