package org.clusternet.kernels.emulator.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.kernels.emulator.machine.Program;

/**
 * Gives out registers. Constants and special registers are registers that hold their value from the
 * beginning, so that an instruction knows one kind of source only.
 */
final class RegisterFile {
  private int registers;
  private int predicates;
  private final Map<Long, Integer> constants = new HashMap<>();
  private final Map<Boolean, Integer> truths = new HashMap<>();
  private final Map<String, Integer> specials = new HashMap<>();
  private final List<Program.Constant> constantList = new ArrayList<>();
  private final List<Program.SpecialRegister> specialList = new ArrayList<>();

  int register() {
    return registers++;
  }

  int predicate() {
    return predicates++;
  }

  int constant(long value) {
    return constants.computeIfAbsent(
        value,
        key -> {
          int index = register();
          constantList.add(new Program.Constant(false, index, key));
          return index;
        });
  }

  int truth(boolean value) {
    return truths.computeIfAbsent(
        value,
        key -> {
          int index = predicate();
          constantList.add(new Program.Constant(true, index, key ? 1 : 0));
          return index;
        });
  }

  int special(String name, Program.Special value) {
    return specials.computeIfAbsent(
        name,
        key -> {
          int index = register();
          specialList.add(new Program.SpecialRegister(index, value));
          return index;
        });
  }

  int registers() {
    return registers;
  }

  int predicates() {
    return predicates;
  }

  List<Program.Constant> constants() {
    return constantList;
  }

  List<Program.SpecialRegister> specials() {
    return specialList;
  }
}
