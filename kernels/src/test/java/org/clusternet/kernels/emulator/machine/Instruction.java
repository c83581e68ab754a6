package org.clusternet.kernels.emulator.machine;

/** A decoded instruction, executed for all lanes of a mask at once. */
public abstract class Instruction {
  static final int NO_GUARD = -1;

  int guard = NO_GUARD;
  boolean guardNegated;
  int line;
  String text = "";
  final int slot;
  final boolean control;

  Instruction(InstructionClass kind, boolean control) {
    this.slot = kind.slot();
    this.control = control;
  }

  /** An instruction after which the next one follows. */
  protected Instruction(InstructionClass kind) {
    this(kind, false);
  }

  /** Sets the predicate that it depends on. */
  public final void guard(int predicate, boolean negated) {
    guard = predicate;
    guardNegated = negated;
  }

  /** Sets where it stands. */
  public final void source(int sourceLine, String sourceText) {
    line = sourceLine;
    text = sourceText;
  }

  /** Executes it for the lanes of a mask that is not empty. */
  public abstract void execute(Warp warp, int mask);

  @Override
  public String toString() {
    return "'" + text + "' (line " + line + ")";
  }
}
