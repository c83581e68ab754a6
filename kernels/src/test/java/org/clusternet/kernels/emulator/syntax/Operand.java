package org.clusternet.kernels.emulator.syntax;

import java.util.List;

/** An operand as written. */
public sealed interface Operand {

  /** A register, variable, label, function or special register. */
  record Name(String name) implements Operand {}

  /** A negated predicate, {@code !%p1}. */
  record Not(String name) implements Operand {}

  /** An integer constant. */
  record Int(long value) implements Operand {}

  /** A single-precision constant, {@code 0f3F800000}. */
  record Single(float value) implements Operand {}

  /** A double-precision constant, {@code 0d3FF0000000000000}. */
  record Real(double value) implements Operand {}

  /** {@code [base + offset]}; base is empty where the address is a constant. */
  record Address(String base, long offset) implements Operand {}

  /** {@code {a, b}} of vector instructions, or the lists of a call. */
  record Group(List<Operand> elements) implements Operand {
    /** Copies the list. */
    public Group {
      elements = List.copyOf(elements);
    }
  }

  /** Two destinations, {@code a|b}. */
  record Pair(Operand first, Operand second) implements Operand {}
}
