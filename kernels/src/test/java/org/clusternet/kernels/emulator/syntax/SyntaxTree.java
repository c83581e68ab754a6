package org.clusternet.kernels.emulator.syntax;

import java.util.List;
import java.util.Map;

/**
 * A PTX module.
 *
 * @param version of the language
 * @param target architecture
 * @param variables of module scope, in order
 * @param functions kernels and functions with a body, by name, and those only declared
 */
public record SyntaxTree(
    String version, String target, List<Variable> variables, Map<String, Function> functions) {
  /** Copies the collections. */
  public SyntaxTree {
    variables = List.copyOf(variables);
    functions = Map.copyOf(functions);
  }

  /** Parses PTX text. */
  public static SyntaxTree parse(String ptx) {
    return new ModuleParser(ptx).parse();
  }
}
