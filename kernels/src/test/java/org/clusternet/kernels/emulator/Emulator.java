package org.clusternet.kernels.emulator;

import java.util.Map;
import java.util.Optional;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Launch;
import org.clusternet.kernels.emulator.decode.DecodeException;
import org.clusternet.kernels.emulator.decode.ModuleDecoder;
import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.machine.Block;
import org.clusternet.kernels.emulator.machine.Context;
import org.clusternet.kernels.emulator.machine.Counters;
import org.clusternet.kernels.emulator.machine.Program;
import org.clusternet.kernels.emulator.machine.ThreadFault;
import org.clusternet.kernels.emulator.memory.GlobalMemory;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.numeric.Approximation;
import org.clusternet.kernels.emulator.numeric.FloatTable;
import org.clusternet.kernels.emulator.races.Clock;
import org.clusternet.kernels.emulator.races.LaunchOrder;
import org.clusternet.kernels.emulator.syntax.PtxSyntaxException;

/**
 * A device that executes PTX on the host, instruction by instruction, with all checks always on:
 * see the package's documentation. Blocks run one after the other; one emulator belongs to one
 * thread.
 */
public final class Emulator {
  private static final long DEFAULT_LIMIT = 50_000_000;

  private final GlobalMemory global = new GlobalMemory();
  private final DeviceMemory memory = new DeviceMemory(global);
  private final Clock clock = new Clock();
  private final FloatTable floats;
  private final BlockOrder order;
  private final long instructionLimit;

  /** A device with errors of approximations by a fixed seed, blocks in their order. */
  public Emulator() {
    this(Settings.standard());
  }

  /** A device with settings. */
  public Emulator(Settings settings) {
    this.floats =
        new FloatTable(
            settings.approximationSeed().isPresent()
                ? Approximation.perturbed(settings.approximationSeed().get())
                : Approximation.accurate());
    this.order = new BlockOrder(settings.blockSeed());
    this.instructionLimit = settings.instructionLimit();
  }

  /**
   * How a device behaves where PTX leaves it open.
   *
   * @param approximationSeed chooses the errors of approximate instructions within their bounds;
   *     without one they are rounded results of double precision
   * @param blockSeed chooses the order of blocks; without one they run by their index
   * @param instructionLimit instructions after which a warp is taken to be in an endless loop
   */
  public record Settings(
      Optional<Long> approximationSeed, Optional<Long> blockSeed, long instructionLimit) {
    /** Errors by seed 0, blocks by their index. */
    public static Settings standard() {
      return new Settings(Optional.of(0L), Optional.empty(), DEFAULT_LIMIT);
    }

    /** With blocks in an order that a seed chooses. */
    public Settings withBlockSeed(long seed) {
      return new Settings(approximationSeed, Optional.of(seed), instructionLimit);
    }

    /** With errors of approximations that a seed chooses. */
    public Settings withApproximationSeed(long seed) {
      return new Settings(Optional.of(seed), blockSeed, instructionLimit);
    }

    /** With another limit. */
    public Settings withInstructionLimit(long limit) {
      return new Settings(approximationSeed, blockSeed, limit);
    }
  }

  /** Its memory. */
  public DeviceMemory memory() {
    return memory;
  }

  /** Loads a module; an instruction that is not known is named. */
  public PtxModule load(String ptx) {
    try {
      Map<String, Program> programs = ModuleDecoder.decode(ptx, global, floats);
      return new PtxModule(programs);
    } catch (DecodeException | PtxSyntaxException | Fault e) {
      throw new EmulatorException("cannot load the module: " + e.getMessage(), e);
    }
  }

  /** Executes a launch; its arguments are held against the kernel's parameters. */
  public LaunchReport launch(PtxModule module, Launch launch) {
    Arguments arguments = launch.arguments();
    checkArguments(module.program(launch.entry()), arguments);
    return run(
        launch.module() + "/" + launch.entry(),
        module.program(launch.entry()),
        launch.grid(),
        launch.block(),
        launch.sharedBytes(),
        arguments.packed());
  }

  /** Executes a kernel with arguments as bytes, laid out as PTX lays parameters out. */
  public LaunchReport launch(
      PtxModule module,
      String entry,
      Dim grid,
      Dim block,
      int dynamicSharedBytes,
      byte[] arguments) {
    return run(entry, module.program(entry), grid, block, dynamicSharedBytes, arguments);
  }

  private static void checkArguments(Program program, Arguments arguments) {
    if (arguments.count() != program.parameters().size()) {
      throw new EmulatorException(
          "entry=%s takes %d arguments, not %d"
              .formatted(program.name(), program.parameters().size(), arguments.count()));
    }
    for (int i = 0; i < arguments.count(); i++) {
      Program.Parameter parameter = program.parameters().get(i);
      int end = i + 1 < arguments.count() ? arguments.offset(i + 1) : arguments.packed().length;
      int room = end - arguments.offset(i);
      if (arguments.offset(i) != parameter.offset() || room < parameter.bytes()) {
        throw new EmulatorException(
            "entry=%s: argument %d lies at byte %d with %d bytes; parameter %s of %d bytes at %d"
                .formatted(
                    program.name(),
                    i,
                    arguments.offset(i),
                    room,
                    parameter.type(),
                    parameter.bytes(),
                    parameter.offset()));
      }
    }
  }

  private LaunchReport run(
      String name, Program program, Dim grid, Dim block, int dynamicShared, byte[] arguments) {
    LaunchLimits.check(program, grid, block, dynamicShared, arguments);
    Storage parameters = new Storage(arguments.length);
    System.arraycopy(arguments, 0, parameters.data(), 0, arguments.length);
    Counters counters = new Counters();
    long blocks = (long) grid.x() * grid.y() * grid.z();
    Context context =
        new Context(
            program,
            grid,
            block,
            dynamicShared,
            parameters,
            global,
            new LaunchOrder(clock, blocks),
            counters,
            instructionLimit);
    try {
      Block worker = new Block(context);
      for (long i = 0; i < blocks; i++) {
        worker.run(order.blockAt(i, blocks));
      }
    } catch (ThreadFault e) {
      throw new EmulatorException(name + ", " + e.getMessage(), e);
    }
    return LaunchReport.of(counters);
  }
}
