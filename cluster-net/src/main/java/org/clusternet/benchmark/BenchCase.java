package org.clusternet.benchmark;

import org.clusternet.engine.spi.Device;

/**
 * A piece of work that is measured, by {@code cluster-net bench} and by JMH alike.
 *
 * @param name unique in its list, the same for every {@link BenchTask}
 * @param work what one run must do at least
 * @param images how many one run handles; 0 where images are not what is counted
 * @param cells of a simulation that one run draws; 0 where it draws none
 * @param recordable whether a run may be recorded on the device and replayed
 * @param opening how it is set up
 */
public record BenchCase(
    String name, Work work, int images, int cells, boolean recordable, Opening opening) {

  /** A case without cells. */
  BenchCase(String name, Work work, int images, boolean recordable, Opening opening) {
    this(name, work, images, 0, recordable, opening);
  }

  /** Sets the work up. */
  @FunctionalInterface
  public interface Opening {
    /** On a device, which must outlive what is returned. */
    Opened open(Device device);
  }

  /** Work that is set up. */
  public interface Opened extends AutoCloseable {
    /** Does it once; what a device has started need not have ended. */
    void run();

    /**
     * Ends it.
     *
     * @throws IllegalStateException if the runs did not do what they are for
     */
    @Override
    void close();
  }

  /** An op at the shapes of a network; each input read and each output written once. */
  static BenchCase of(KernelCase kernel, int images) {
    Work work = Work.of(kernel.op(), kernel.inputs(), kernel.op().infer(kernel.inputs()));
    return new BenchCase(kernel.name(), work, images, true, kernel::open);
  }

  /** Milliseconds of a run. */
  public Statistics measure(Device device, Timing timing) {
    try (Opened opened = opening.open(device)) {
      return recordable ? timing.ofRecorded(device, opened::run) : timing.of(device, opened::run);
    }
  }
}
