package org.clusternet.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;

/**
 * Every op over its own samples on a device, forward and backward, in F32 and BF16, against what an
 * oracle computes in F64 on the same numbers. An error of the device is a failure like any other.
 */
public final class OpSuite {
  private final Device oracle;
  private final Device device;
  private final Bound f32;

  /**
   * A suite.
   *
   * @param oracle computes in F64
   * @param device the device under test
   * @param f32 tolerance of results in F32; in BF16 it is {@link Bound#BF16}
   */
  public OpSuite(Device oracle, Device device, Bound f32) {
    this.oracle = oracle;
    this.device = device;
    this.f32 = f32;
  }

  /** Checks all families. */
  public List<Outcome> all() {
    return OpRegistry.families().stream().map(this::check).toList();
  }

  /** Checks the ops of one family. */
  public Outcome check(OpFamily family) {
    return check(family, List.of(DType.F32, DType.BF16));
  }

  /** Checks the ops of one family in some of the types. */
  public Outcome check(OpFamily family, List<DType> types) {
    int compared = 0;
    List<String> failures = new ArrayList<>();
    for (Sample sample : family.samples().get()) {
      for (DType dtype : Agreement.types(sample)) {
        if (types.contains(dtype)) {
          Bound bound = dtype == DType.BF16 ? Bound.BF16 : f32;
          guarded(() -> Agreement.difference(oracle, device, sample, dtype, bound))
              .ifPresent(failure -> failures.add(text(family, sample, dtype, failure)));
          compared++;
        }
      }
    }
    return new Outcome(family.stem(), compared, failures);
  }

  /** Runs every sample of a family twice; the bits must be the same. */
  public Outcome repeat(OpFamily family) {
    int compared = 0;
    List<String> failures = new ArrayList<>();
    for (Sample sample : family.samples().get()) {
      for (DType dtype : Agreement.types(sample)) {
        guarded(() -> Agreement.repetition(device, sample, dtype))
            .ifPresent(failure -> failures.add(text(family, sample, dtype, failure)));
        compared++;
      }
    }
    return new Outcome(family.stem(), compared, failures);
  }

  private static Optional<String> guarded(Supplier<Optional<String>> check) {
    try {
      return check.get();
    } catch (LibraryRefusedException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static String text(OpFamily family, Sample sample, DType dtype, String failure) {
    return family.stem() + ", " + sample.name() + " in " + dtype + ": " + failure;
  }
}
