package org.clusternet.kernels.emulator.machine;

import java.util.List;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.memory.Ranges;
import org.clusternet.kernels.emulator.syntax.Function;
import org.clusternet.kernels.emulator.syntax.Type;

/**
 * A kernel, decoded.
 *
 * @param name entry point
 * @param code its instructions; calls are expanded in place
 * @param registers number of registers of 64 bits a thread
 * @param predicates number of predicates
 * @param constants values that registers hold from the beginning
 * @param specials registers that hold a special register
 * @param parameters where each parameter lies
 * @param parameterBytes bytes of all parameters
 * @param frame local memory of a thread
 * @param shared static shared memory; dynamic shared memory follows it
 * @param limits on the block
 */
public record Program(
    String name,
    Instruction[] code,
    int registers,
    int predicates,
    List<Constant> constants,
    List<SpecialRegister> specials,
    List<Parameter> parameters,
    int parameterBytes,
    Ranges frame,
    Ranges shared,
    List<Function.Limit> limits) {

  /** Bytes of local memory a thread. */
  public int frameBytes() {
    return (frame.size() + 15) / 16 * 16;
  }

  /** A register, or a predicate with all lanes alike, that holds a value from the beginning. */
  public record Constant(boolean predicate, int index, long value) {}

  /** A register that holds a special register from the beginning. */
  public record SpecialRegister(int index, Special special) {}

  /** A parameter of the entry point. */
  public record Parameter(String name, Type type, int offset, int bytes) {}

  /** Value of a special register. */
  @FunctionalInterface
  public interface Special {
    /** Value for one lane. */
    long value(Position position);
  }

  /**
   * Where a lane is.
   *
   * @param grid extents of the grid
   * @param block extents of the block
   * @param blockIndex of the block, x fastest
   * @param thread of the thread in its block, x fastest
   * @param dynamicShared bytes of dynamic shared memory
   */
  public record Position(Dim grid, Dim block, long blockIndex, int thread, int dynamicShared) {}
}
