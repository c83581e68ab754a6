package org.clusternet.kernels.emulator;

import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.machine.Program;
import org.clusternet.kernels.emulator.syntax.Function;

/** What a launch may ask of the hardware: limits of sm_75 to sm_90 for grids and blocks. */
final class LaunchLimits {
  private static final int THREADS = 1024;
  private static final int BLOCK_Z = 64;
  private static final int GRID_YZ = 65535;
  private static final int SHARED = 227 << 10;

  private LaunchLimits() {}

  static void check(Program program, Dim grid, Dim block, int dynamicShared, byte[] arguments) {
    if ((long) block.x() * block.y() * block.z() > THREADS || block.z() > BLOCK_Z) {
      throw refused(program, "block=" + block + " is more than 1024 threads or 64 deep");
    }
    if (grid.y() > GRID_YZ || grid.z() > GRID_YZ) {
      throw refused(program, "grid=" + grid + " is more than 65535 in y or z");
    }
    int shared = dynamicShared + program.shared().used();
    if (dynamicShared < 0 || shared > SHARED) {
      throw refused(program, "shared bytes=" + shared + " are more than " + SHARED);
    }
    if (arguments.length < program.parameterBytes()) {
      throw refused(
          program,
          "argument bytes="
              + arguments.length
              + " are fewer than the parameters' "
              + program.parameterBytes());
    }
    for (Function.Limit limit : program.limits()) {
      checkBlock(program, block, limit);
    }
  }

  private static void checkBlock(Program program, Dim block, Function.Limit limit) {
    long product =
        limit.extents().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    long threads = (long) block.x() * block.y() * block.z();
    if (limit.directive().equals(".maxntid") && threads > product) {
      throw refused(program, "block=" + block + " is more than its .maxntid " + limit.extents());
    }
    if (limit.directive().equals(".reqntid") && threads != product) {
      throw refused(program, "block=" + block + " is not its .reqntid " + limit.extents());
    }
  }

  private static EmulatorException refused(Program program, String what) {
    return new EmulatorException("entry=" + program.name() + ": " + what);
  }
}
