package org.clusternet.kernels.emulator.syntax;

import java.util.List;

/**
 * A variable in memory, or a parameter.
 *
 * @param name its name
 * @param space {@code global}, {@code shared}, {@code local}, {@code const} or {@code param};
 *     {@code reg} for a parameter of a function that is a register
 * @param type element type
 * @param align alignment in bytes
 * @param count number of elements; 0 where the size is given at launch
 * @param external whether it is declared only
 * @param initialiser initial elements, fewer than count where the rest is 0
 */
public record Variable(
    String name,
    String space,
    Type type,
    int align,
    int count,
    boolean external,
    List<Operand> initialiser) {
  /** Copies the initialiser. */
  public Variable {
    initialiser = List.copyOf(initialiser);
  }

  /** Bytes it takes. */
  public int bytes() {
    return count * type.bytes();
  }
}
