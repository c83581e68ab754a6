package org.clusternet.kernels.emulator.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.kernels.emulator.machine.Program;
import org.clusternet.kernels.emulator.memory.Allocation;
import org.clusternet.kernels.emulator.memory.GlobalMemory;
import org.clusternet.kernels.emulator.numeric.FloatTable;
import org.clusternet.kernels.emulator.syntax.Function;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.SyntaxTree;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.syntax.Variable;
import org.clusternet.kernels.emulator.units.Space;

/** Loads a module: gives its variables memory and decodes its kernels. */
public final class ModuleDecoder {
  private final SyntaxTree tree;
  private final GlobalMemory memory;
  private final Names names = new Names();
  private final Map<String, Long> addresses = new HashMap<>();

  private ModuleDecoder(SyntaxTree tree, GlobalMemory memory) {
    this.tree = tree;
    this.memory = memory;
  }

  /** The kernels of a PTX text by name; its variables are allocated in a memory. */
  public static Map<String, Program> decode(String ptx, GlobalMemory memory, FloatTable floats) {
    SyntaxTree tree = SyntaxTree.parse(ptx);
    ModuleDecoder decoder = new ModuleDecoder(tree, memory);
    decoder.allocate();
    Map<String, Program> programs = new HashMap<>();
    for (Function function : tree.functions().values()) {
      if (function.entry()) {
        programs.put(
            function.name(), new KernelDecoder(tree, decoder.names, floats).decode(function));
      }
    }
    return programs;
  }

  private void allocate() {
    Map<Variable, Allocation> allocations = new HashMap<>();
    for (Variable each : tree.variables()) {
      if (!each.space().equals("shared")) {
        if (each.external() || each.count() == 0) {
          throw new DecodeException("variable '" + each.name() + "' is not defined in the module");
        }
        boolean constant = each.space().equals("const");
        Allocation allocation =
            memory.allocate(each.bytes(), "variable '" + each.name() + "'", constant);
        allocations.put(each, allocation);
        addresses.put(each.name(), allocation.base());
        names.bind(
            each.name(),
            new Binding.Memory(constant ? Space.CONSTANT : Space.GLOBAL, allocation.base()));
      }
    }
    allocations.forEach(this::initialise);
  }

  /** Variables without an initialiser begin as zeros, as PTX says. */
  private void initialise(Variable variable, Allocation allocation) {
    allocation.storage().mark(0, variable.bytes(), true);
    List<Operand> values = variable.initialiser();
    int size = variable.type().bytes();
    for (int i = 0; i < values.size(); i++) {
      allocation.storage().store(i * size, size, bits(values.get(i), variable.type()));
    }
  }

  private long bits(Operand value, Type type) {
    if (value instanceof Operand.Int integer) {
      return integer.value();
    }
    if (value instanceof Operand.Single single) {
      return type == Type.F64
          ? Double.doubleToRawLongBits(single.value())
          : Float.floatToRawIntBits(single.value());
    }
    if (value instanceof Operand.Real real) {
      return type == Type.F32
          ? Float.floatToRawIntBits((float) real.value())
          : Double.doubleToRawLongBits(real.value());
    }
    if (value instanceof Operand.Name name && addresses.containsKey(name.name())) {
      return addresses.get(name.name());
    }
    throw new DecodeException("initial value " + value + " is not understood");
  }
}
