package org.clusternet.kernels.emulator;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.clusternet.kernels.emulator.machine.Program;

/** A module loaded by an emulator. */
public final class PtxModule {
  private final Map<String, Program> programs;

  PtxModule(Map<String, Program> programs) {
    this.programs = new TreeMap<>(programs);
  }

  /** Names of its kernels. */
  public Set<String> entries() {
    return programs.keySet();
  }

  Program program(String entry) {
    Program program = programs.get(entry);
    if (program == null) {
      throw new EmulatorException(
          "entry=" + entry + " is not in the module, which has " + entries());
    }
    return program;
  }
}
