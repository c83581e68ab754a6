package org.clusternet.kernels.emulator.machine;

/** What a launch did, as a profiler counts it. */
public final class Counters {
  /** Instructions executed by warps, by class. */
  public final long[] warpInstructions = new long[InstructionClass.values().length];

  /** Instructions executed by threads, by class. */
  public final long[] threadInstructions = new long[InstructionClass.values().length];

  /** Requests of warps, 32-byte sectors and bytes of threads for global loads. */
  public final long[] globalLoads = new long[3];

  /** The same for global stores. */
  public final long[] globalStores = new long[3];

  /** The same for global atomics. */
  public final long[] globalAtomics = new long[3];

  /** Requests to shared memory. */
  public long sharedRequests;

  /** Extra passes that they took because of bank conflicts. */
  public long bankConflicts;

  /** Requests to local memory. */
  public long localRequests;

  /** Barriers passed by blocks. */
  public long barriers;

  /** Branches that a warp took both ways. */
  public long divergentBranches;

  /** All branches with a guard. */
  public long conditionalBranches;
}
