package org.clusternet.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/**
 * A device that checks every output of every op and stops at the first NaN or infinity. It is slow:
 * use it to repeat a step whose loss was not finite.
 */
final class CheckedDevice extends ForwardingDevice {

  /** An op had an output that is not finite. The message is a phrase that names it. */
  static final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /** Checks the outputs of {@code inner}, which closing this object does not close. */
  CheckedDevice(Device inner) {
    super(inner);
  }

  /**
   * Runs an op.
   *
   * @throws NotFiniteException if an output holds a NaN or an infinity
   */
  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    String before =
        Arrays.stream(inputs)
            .map(this::count)
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse("");
    super.run(op, inputs, outputs);
    for (Tensor output : outputs) {
      String found = count(output);
      if (!found.isEmpty()) {
        throw new NotFiniteException(message(op, inputs, found, before));
      }
    }
  }

  private static String message(Op op, Tensor[] inputs, String found, String before) {
    String operands = Arrays.stream(inputs).map(Tensor::toString).collect(Collectors.joining(", "));
    return "the first op whose output is not finite is %s of %s, output %s%s"
        .formatted(
            op.describe(), operands, found, before.isEmpty() ? "" : ", with input " + before);
  }

  /** For instance {@code F32(8, 3) with NaN=2 infinite=0}; empty if all is finite. */
  private String count(Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      return "";
    }
    long nan = 0;
    long infinite = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(tensor.type().bytes(), Long.BYTES);
      download(tensor, host);
      for (long i = 0; i < tensor.elements(); i++) {
        double value = tensor.dtype().get(host, i);
        nan += Double.isNaN(value) ? 1 : 0;
        infinite += Double.isInfinite(value) ? 1 : 0;
      }
    }
    return nan + infinite == 0 ? "" : "%s with NaN=%d infinite=%d".formatted(tensor, nan, infinite);
  }

  /** Does nothing: the device is the caller's. */
  @Override
  public void close() {}
}
