package org.clusternet.kernels.emulator.decode;

import java.util.List;
import java.util.Optional;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.memory.Windows;
import org.clusternet.kernels.emulator.numeric.Conversion;
import org.clusternet.kernels.emulator.numeric.Functions;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.Arithmetic;
import org.clusternet.kernels.emulator.units.LaneState;
import org.clusternet.kernels.emulator.units.Predicates;
import org.clusternet.kernels.emulator.units.Vectors;

/** Decodes moves, conversions and changes of address space. */
final class MoveDecoder {
  private static final List<String> CLOCKS = List.of("%clock", "%clock64", "%globaltimer");

  Optional<Instruction> decode(Form form) {
    return switch (form.opcode()) {
      case "mov" -> form.type() == Type.PRED ? Optional.empty() : Optional.of(move(form));
      case "cvt" ->
          Optional.of(
              new Arithmetic.Unary(
                  InstructionClass.CONVERT,
                  Conversion.of(form.firstType(), form.type(), form.modifiers()),
                  form.destination(0),
                  form.source(1)));
      case "cvta" ->
          Optional.of(
              new Arithmetic.Unary(
                  InstructionClass.INTEGER, cast(form), form.destination(0), form.source(1)));
      case "isspacep" -> Optional.of(inSpace(form));
      default -> Optional.empty();
    };
  }

  private static Instruction move(Form form) {
    if (form.operand(0) instanceof Operand.Group parts) {
      int[] indices = parts.elements().stream().mapToInt(form::destination).toArray();
      return new Vectors.Unpack(indices, form.source(1), form.type().bits() / indices.length);
    }
    int d = form.destination(0);
    if (form.operand(1) instanceof Operand.Group parts) {
      int bits = form.type().bits() / parts.elements().size();
      Type part = Type.of("b" + bits).orElseThrow(() -> form.error("no such vector"));
      int[] indices = parts.elements().stream().mapToInt(x -> form.source(x, part)).toArray();
      return new Vectors.Pack(d, indices, bits);
    }
    if (form.operand(1) instanceof Operand.Name name && CLOCKS.contains(name.name())) {
      return new LaneState(true, d);
    }
    return new Arithmetic.Unary(InstructionClass.MOVE, a -> a, d, form.source(1));
  }

  private static long window(Form form) {
    if (form.has("shared")) {
      return Windows.SHARED;
    }
    if (form.has("local")) {
      return Windows.LOCAL;
    }
    return form.has("param") ? Windows.PARAMETERS : 0;
  }

  private static Functions.Unary cast(Form form) {
    long window = window(form);
    boolean to = form.has("to");
    return a -> to ? a - window : a + window;
  }

  private static Instruction inSpace(Form form) {
    long window = window(form);
    Functions.Comparison test =
        window == 0 ? (a, b) -> a < Windows.PARAMETERS : (a, b) -> Windows.in(window, a);
    int a = form.source(1, Type.U64);
    return new Predicates.Compare(
        InstructionClass.INTEGER,
        test,
        form.predicateDestination(form.operand(0)),
        Form.NONE,
        a,
        a,
        Predicates.Join.NONE,
        Optional.empty());
  }
}
