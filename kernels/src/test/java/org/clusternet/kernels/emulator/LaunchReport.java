package org.clusternet.kernels.emulator;

import java.util.EnumMap;
import java.util.Map;
import org.clusternet.kernels.emulator.machine.Counters;
import org.clusternet.kernels.emulator.machine.InstructionClass;

/**
 * What a launch did, as a profiler counts it.
 *
 * @param warpInstructions instructions that warps executed, by class
 * @param threadInstructions the same for each active thread
 * @param globalLoads loads from global memory
 * @param globalStores stores to it
 * @param globalAtomics atomics on it
 * @param sharedRequests requests of warps to shared memory
 * @param bankConflicts further passes that they took because lanes wanted different words of a bank
 * @param localRequests requests of warps to local memory
 * @param barriers barriers that blocks passed
 * @param conditionalBranches guarded branches that warps executed
 * @param divergentBranches those of them that a warp took both ways
 */
public record LaunchReport(
    Map<InstructionClass, Long> warpInstructions,
    Map<InstructionClass, Long> threadInstructions,
    Traffic globalLoads,
    Traffic globalStores,
    Traffic globalAtomics,
    long sharedRequests,
    long bankConflicts,
    long localRequests,
    long barriers,
    long conditionalBranches,
    long divergentBranches) {

  /**
   * Traffic of one kind.
   *
   * @param requests instructions of warps
   * @param sectors 32-byte sectors that they touched, each request for itself
   * @param bytes that threads asked for
   */
  public record Traffic(long requests, long sectors, long bytes) {
    private static Traffic of(long[] counts) {
      return new Traffic(counts[0], counts[1], counts[2]);
    }
  }

  static LaunchReport of(Counters counters) {
    return new LaunchReport(
        byClass(counters.warpInstructions),
        byClass(counters.threadInstructions),
        Traffic.of(counters.globalLoads),
        Traffic.of(counters.globalStores),
        Traffic.of(counters.globalAtomics),
        counters.sharedRequests,
        counters.bankConflicts,
        counters.localRequests,
        counters.barriers,
        counters.conditionalBranches,
        counters.divergentBranches);
  }

  private static Map<InstructionClass, Long> byClass(long[] counts) {
    Map<InstructionClass, Long> byClass = new EnumMap<>(InstructionClass.class);
    for (InstructionClass each : InstructionClass.values()) {
      byClass.put(each, counts[each.slot()]);
    }
    return byClass;
  }

  /** Instructions that threads executed, of all classes. */
  public long instructions() {
    return threadInstructions.values().stream().mapToLong(Long::longValue).sum();
  }
}
