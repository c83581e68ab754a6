package org.clusternet.bench.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.clusternet.benchmark.Work;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/**
 * A device that passes everything on to another and adds up the time and work of its calls by a
 * key. It waits for the end of each call, so that the time is that of the call.
 */
public final class TimingDevice extends ForwardingDevice {

  /**
   * The sum over the calls of one key.
   *
   * @param calls number of calls
   * @param nanos their time in nanoseconds
   * @param work their work
   */
  public record Total(long calls, long nanos, Work work) {
    private Total plus(Total other) {
      return new Total(calls + other.calls, nanos + other.nanos, work.plus(other.work));
    }
  }

  private final LongSupplier clock;
  private final BiFunction<Op, Tensor[], String> key;
  private final Map<String, Total> totals = new LinkedHashMap<>();

  /**
   * A decorator.
   *
   * @param device device that does the work; closed with this
   * @param clock clock in nanoseconds, read before and after each call
   * @param key key under which a call of an op on inputs is counted
   */
  public TimingDevice(Device device, LongSupplier clock, BiFunction<Op, Tensor[], String> key) {
    super(device);
    this.clock = clock;
    this.key = key;
  }

  /** The sums so far, in the order of the first calls. */
  public Map<String, Total> totals() {
    return new LinkedHashMap<>(totals);
  }

  /** Resets the sums. */
  public void reset() {
    totals.clear();
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    String name = key.apply(op, inputs);
    Work work = Work.of(op, inputs, outputs);
    long start = clock.getAsLong();
    super.run(op, inputs, outputs);
    synchronize();
    long nanos = clock.getAsLong() - start;
    totals.merge(name, new Total(1, nanos, work), Total::plus);
  }
}
