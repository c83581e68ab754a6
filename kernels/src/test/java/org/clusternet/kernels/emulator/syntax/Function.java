package org.clusternet.kernels.emulator.syntax;

import java.util.List;

/**
 * A kernel or a function.
 *
 * @param name its name
 * @param entry whether it is a kernel
 * @param results variables that take what it returns
 * @param parameters its parameters
 * @param limits {@code .maxntid} and {@code .reqntid}, each with its extents
 * @param body statements; empty where it is declared only
 */
public record Function(
    String name,
    boolean entry,
    List<Variable> results,
    List<Variable> parameters,
    List<Limit> limits,
    List<Statement> body) {

  /** A limit on the extents of the block. */
  public record Limit(String directive, List<Integer> extents) {
    /** Copies the list. */
    public Limit {
      extents = List.copyOf(extents);
    }
  }

  /** Copies the lists. */
  public Function {
    results = List.copyOf(results);
    parameters = List.copyOf(parameters);
    limits = List.copyOf(limits);
    body = List.copyOf(body);
  }
}
