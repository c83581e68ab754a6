package org.clusternet.kernels.emulator.syntax;

import java.util.List;
import java.util.Optional;

/** A statement of a function's body. */
public sealed interface Statement {

  /** A label of the statement that follows. */
  record Label(String name) implements Statement {}

  /** Registers, {@code .reg .b32 %r<8>} (names with their numbers) or single ones. */
  record Registers(Type type, List<String> names) implements Statement {
    /** Copies the list. */
    public Registers {
      names = List.copyOf(names);
    }
  }

  /** A variable of the function. */
  record Local(Variable variable) implements Statement {}

  /** Statements in braces, a scope of their own. */
  record Scope(List<Statement> statements) implements Statement {
    /** Copies the list. */
    public Scope {
      statements = List.copyOf(statements);
    }
  }

  /** {@code name: .branchtargets a, b;}. */
  record Targets(String name, List<String> labels) implements Statement {
    /** Copies the list. */
    public Targets {
      labels = List.copyOf(labels);
    }
  }

  /**
   * An instruction.
   *
   * @param guard predicate before it, a Name or a Not
   * @param opcode first part of the name, for instance {@code ld}
   * @param modifiers what follows it, dots removed
   * @param operands as written
   * @param line where it stands
   * @param text its source line
   */
  record Code(
      Optional<Operand> guard,
      String opcode,
      List<String> modifiers,
      List<Operand> operands,
      int line,
      String text)
      implements Statement {
    /** Copies the lists. */
    public Code {
      modifiers = List.copyOf(modifiers);
      operands = List.copyOf(operands);
    }

    /** The opcode with its modifiers. */
    public String name() {
      return modifiers.isEmpty() ? opcode : opcode + "." + String.join(".", modifiers);
    }
  }
}
