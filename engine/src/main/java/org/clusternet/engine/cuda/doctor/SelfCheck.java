package org.clusternet.engine.cuda.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.OpFamily;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.Sample;
import org.clusternet.engine.op.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.HostCodec;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Every op over its own samples on a device, forward and backward, in F32 and BF16, against the F64
 * oracle on the same numbers: integers exactly; F32 relative to the largest magnitude; BF16, with
 * its 8 significant bits, in the Euclidean norm.
 */
public final class SelfCheck {
  private static final double F32_BOUND = 1e-4;
  private static final double BF16_BOUND = 1.0 / 64;
  private static final double TINY = 1e-30;

  private final Device oracle;
  private final Device device;
  private final double f32Bound;

  /** A check of {@code device} by what {@code oracle} computes in F64. */
  public SelfCheck(Device oracle, Device device) {
    this(oracle, device, F32_BOUND);
  }

  /** As above, with another bound for F32, for a device that rounds to TF32. */
  public SelfCheck(Device oracle, Device device, double f32Bound) {
    this.oracle = oracle;
    this.device = device;
    this.f32Bound = f32Bound;
  }

  /**
   * How one family of ops did.
   *
   * @param stem of the family
   * @param samples how many calls were compared
   * @param failure the first disagreement or error; empty if all agree
   */
  public record Result(String stem, int samples, Optional<String> failure) {}

  /** Results of all families. */
  public List<Result> all() {
    return OpRegistry.families().stream().map(this::of).toList();
  }

  private Result of(OpFamily family) {
    int compared = 0;
    for (Sample sample : family.samples().get()) {
      for (DType dtype : types(sample)) {
        Optional<String> failure = failure(sample, dtype);
        if (failure.isPresent()) {
          String what = sample.op().describe() + ", " + sample.name() + " in " + dtype + ": ";
          return new Result(family.stem(), compared, Optional.of(what + failure.get()));
        }
        compared++;
      }
    }
    return new Result(family.stem(), compared, Optional.empty());
  }

  private static List<DType> types(Sample sample) {
    boolean activations =
        sample.inputs().stream().anyMatch(input -> input.role() == Sample.Role.ACTIVATION);
    return activations ? List.of(DType.F32, DType.BF16) : List.of(DType.F32);
  }

  private Optional<String> failure(Sample sample, DType dtype) {
    SampleValues values = new SampleValues(sample, dtype);
    List<Numbers> actual;
    try {
      actual = run(device, sample, values, dtype, dtype);
    } catch (RuntimeException | OutOfMemoryError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    List<Numbers> expected = run(oracle, sample, values, DType.F64, dtype);
    for (int k = 0; k < expected.size(); k++) {
      Optional<String> difference = difference(expected.get(k), actual.get(k), dtype);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** A result with its name. */
  private record Numbers(String name, boolean floating, double[] values) {}

  private static List<Numbers> run(
      Device on, Sample sample, SampleValues values, DType dtype, DType exact) {
    List<Numbers> numbers = new ArrayList<>();
    try (Scope scope = on.scope();
        Tape tape = new Tape(on)) {
      Tensor[] inputs = new Tensor[values.count()];
      boolean watched = false;
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = tensor(on, scope, values.type(i, dtype), values.values(i));
        if (sample.op() instanceof Differentiable && inputs[i].dtype().isFloating()) {
          tape.watch(inputs[i]);
          watched = true;
        }
      }
      Tensor[] outputs = tape.run(sample.op(), inputs);
      for (int k = 0; k < outputs.length; k++) {
        numbers.add(numbers(on, "output " + k, outputs[k]));
      }
      if (watched) {
        double[] upstream = upstream(numbers.get(0).values().length, exact);
        tape.backward(outputs[0], tensor(on, scope, outputs[0].type(), upstream));
        for (int i = 0; i < inputs.length; i++) {
          if (inputs[i].dtype().isFloating()) {
            numbers.add(numbers(on, "gradient of input " + i, tape.gradient(inputs[i])));
          }
        }
      }
    }
    return numbers;
  }

  private static double[] upstream(int length, DType dtype) {
    Random random = new Random(7);
    return random.doubles(length, -1, 1).map(value -> SampleValues.rounded(value, dtype)).toArray();
  }

  private static Tensor tensor(Device device, Scope scope, TensorType type, double[] values) {
    Tensor tensor = scope.allocate(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(type.bytes(), Long.BYTES);
      HostCodec.encode(type, values, host);
      device.upload(host, tensor);
    }
    return tensor;
  }

  private static Numbers numbers(Device device, String name, Tensor tensor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(tensor.type().bytes(), Long.BYTES);
      device.download(tensor, host);
      return new Numbers(name, tensor.dtype().isFloating(), HostCodec.decode(tensor.type(), host));
    }
  }

  private Optional<String> difference(Numbers expected, Numbers actual, DType dtype) {
    double error = 0;
    double scale = 0;
    boolean norm = dtype == DType.BF16;
    for (int i = 0; i < expected.values().length; i++) {
      double difference = Math.abs(actual.values()[i] - expected.values()[i]);
      double size = Math.abs(expected.values()[i]);
      // NaN makes the sum NaN, but would get lost in a maximum.
      error = norm ? error + difference * difference : difference > error ? difference : error;
      error = Double.isNaN(difference) ? Double.NaN : error;
      scale = norm ? scale + size * size : Math.max(scale, size);
    }
    error = norm ? Math.sqrt(error) : error;
    scale = norm ? Math.sqrt(scale) : scale;
    double bound = norm ? BF16_BOUND : f32Bound;
    double tolerance = expected.floating() ? bound * scale + TINY : 0;
    if (error <= tolerance) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s differs by %.3g of %.3g; %.3g is allowed",
            expected.name(),
            error,
            scale,
            tolerance));
  }
}
