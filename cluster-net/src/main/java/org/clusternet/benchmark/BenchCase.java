package org.clusternet.benchmark;

import org.clusternet.engine.spi.Device;

/**
 * Work that is measured, by {@code cluster-net bench} and by JMH alike.
 *
 * @param name unique in its list, the same for every {@link BenchTask}
 * @param work the least work of one run
 * @param images number of images that one run handles; 0 where images are not counted
 * @param cells number of cells of a simulation that one run draws
 * @param recordable whether a run can be recorded on the device and replayed
 * @param opening prepares the work
 */
public record BenchCase(
    String name, Work work, int images, int cells, boolean recordable, Opening opening) {

  /** A case without cells. */
  BenchCase(String name, Work work, int images, boolean recordable, Opening opening) {
    this(name, work, images, 0, recordable, opening);
  }

  /** Prepares the work. */
  @FunctionalInterface
  public interface Opening {
    /** Prepares the work on a device, which must outlive the result. */
    Opened open(Device device);
  }

  /** Work that is ready to run. */
  public interface Opened extends AutoCloseable {
    /** Starts one run, which the device may finish later. */
    void run();

    /**
     * Releases everything.
     *
     * @throws IllegalStateException if the runs did not do their work
     */
    @Override
    void close();
  }

  /** An op at the shapes of a network; each input read and each output written once. */
  static BenchCase of(KernelCase kernel, int images) {
    Work work = Work.of(kernel.op(), kernel.inputs(), kernel.op().infer(kernel.inputs()));
    return new BenchCase(kernel.name(), work, images, true, kernel::open);
  }

  /** Measures the milliseconds of a run. */
  public Statistics measure(Device device, Timing timing) {
    try (Opened opened = opening.open(device)) {
      return recordable ? timing.ofRecorded(device, opened::run) : timing.of(device, opened::run);
    }
  }
}
