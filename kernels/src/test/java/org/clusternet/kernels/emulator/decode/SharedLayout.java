package org.clusternet.kernels.emulator.decode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.clusternet.kernels.emulator.memory.Ranges;
import org.clusternet.kernels.emulator.syntax.Function;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Statement;
import org.clusternet.kernels.emulator.syntax.SyntaxTree;
import org.clusternet.kernels.emulator.syntax.Variable;
import org.clusternet.kernels.emulator.units.Space;

/**
 * Gives the shared variables of a kernel their places before its code is decoded: dynamic shared
 * memory lies behind all of them. Gaps of whole rows of banks leave conflicts as they are.
 */
final class SharedLayout {
  private static final int GAP = 128;

  private SharedLayout() {}

  /** Lays out what the kernel and all functions declare or name, and binds the names. */
  static Ranges of(SyntaxTree tree, Function entry, Names names) {
    List<Variable> variables = new ArrayList<>();
    Set<String> named = new HashSet<>();
    collect(entry.body(), variables, named);
    for (Function function : tree.functions().values()) {
      if (!function.entry()) {
        collect(function.body(), variables, named);
      }
    }
    for (Variable variable : tree.variables()) {
      if (variable.space().equals("shared") && named.contains(variable.name())) {
        variables.add(variable);
      }
    }
    Ranges shared = new Ranges(GAP);
    for (Variable each : variables) {
      if (each.count() > 0) {
        int at = shared.add(each.name(), each.bytes(), each.align()).start();
        names.bind(each.name(), new Binding.Memory(Space.SHARED, at));
      }
    }
    for (Variable each : variables) {
      if (each.count() == 0) {
        names.bind(each.name(), new Binding.Memory(Space.SHARED, shared.next()));
      }
    }
    return shared;
  }

  private static void collect(List<Statement> statements, List<Variable> into, Set<String> named) {
    for (Statement each : statements) {
      if (each instanceof Statement.Local local && local.variable().space().equals("shared")) {
        into.add(local.variable());
      } else if (each instanceof Statement.Scope scope) {
        collect(scope.statements(), into, named);
      } else if (each instanceof Statement.Code code) {
        code.operands().forEach(operand -> name(operand, named));
      }
    }
  }

  private static void name(Operand operand, Set<String> named) {
    if (operand instanceof Operand.Name name) {
      named.add(name.name());
    } else if (operand instanceof Operand.Address address) {
      named.add(address.base().replace("&", ""));
    } else if (operand instanceof Operand.Group group) {
      group.elements().forEach(element -> name(element, named));
    }
  }
}
