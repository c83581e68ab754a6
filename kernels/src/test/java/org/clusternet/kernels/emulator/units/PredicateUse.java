package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Warp;

/**
 * A predicate as an operand.
 *
 * @param index which
 * @param negated whether {@code !} stands before it
 */
public record PredicateUse(int index, boolean negated) {
  int value(Warp warp) {
    int bits = warp.predicates[index];
    return negated ? ~bits : bits;
  }
}
