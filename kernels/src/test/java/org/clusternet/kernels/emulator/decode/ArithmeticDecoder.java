package org.clusternet.kernels.emulator.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.numeric.Comparisons;
import org.clusternet.kernels.emulator.numeric.FloatTable;
import org.clusternet.kernels.emulator.numeric.Functions;
import org.clusternet.kernels.emulator.numeric.IntegerTable;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.Arithmetic;
import org.clusternet.kernels.emulator.units.Carry;
import org.clusternet.kernels.emulator.units.PredicateUse;
import org.clusternet.kernels.emulator.units.Predicates;

/** Decodes arithmetic, logic, comparisons and selections. */
final class ArithmeticDecoder {
  private static final List<String> SPECIAL =
      List.of("rcp", "sqrt", "rsqrt", "sin", "cos", "lg2", "ex2", "tanh");

  private final FloatTable floats;
  private int carryFlag = Form.NONE;

  ArithmeticDecoder(FloatTable floats) {
    this.floats = floats;
  }

  Optional<Instruction> decode(Form form) {
    return switch (form.opcode()) {
      case "setp" -> Optional.of(compare(form));
      case "set" -> Optional.of(set(form));
      case "testp" -> Optional.of(testClass(form));
      case "selp" ->
          Optional.of(
              new Predicates.Select(
                  form.destination(0), form.source(1), form.source(2), form.predicate(3)));
      case "bfi" ->
          Optional.of(
              new Arithmetic.Insert(
                  form.type(),
                  form.destination(0),
                  form.source(1),
                  form.source(2),
                  form.source(3, Type.U32),
                  form.source(4, Type.U32)));
      case "lop3" -> Optional.of(logic(form));
      default -> form.typeCount() == 0 ? Optional.empty() : computed(form);
    };
  }

  private Optional<Instruction> computed(Form form) {
    if (form.type() == Type.PRED) {
      return predicateLogic(form);
    }
    if (form.has("cc")
        || form.opcode().equals("addc")
        || form.opcode().equals("subc")
        || form.opcode().equals("madc")) {
      return Optional.of(carry(form));
    }
    return switch (form.size()) {
      case 2 ->
          unary(form)
              .map(f -> new Arithmetic.Unary(kind(form), f, form.destination(0), form.source(1)));
      case 3 ->
          binary(form)
              .map(
                  f ->
                      new Arithmetic.Binary(
                          kind(form), f, form.destination(0), form.source(1), second(form)));
      case 4 ->
          ternary(form)
              .map(
                  f ->
                      new Arithmetic.Ternary(
                          kind(form),
                          f,
                          form.destination(0),
                          form.source(1),
                          form.source(2),
                          form.source(3)));
      default -> Optional.empty();
    };
  }

  private static int second(Form form) {
    boolean shift = form.opcode().equals("shl") || form.opcode().equals("shr");
    return form.source(2, shift ? Type.U32 : form.type());
  }

  private static InstructionClass kind(Form form) {
    if (SPECIAL.contains(form.opcode())) {
      return InstructionClass.SPECIAL;
    }
    return kind(form.type());
  }

  private static InstructionClass kind(Type type) {
    if (type == Type.F64) {
      return InstructionClass.F64;
    }
    return type.isFloat() ? InstructionClass.F32 : InstructionClass.INTEGER;
  }

  private Optional<Functions.Unary> unary(Form form) {
    return form.type().isFloat()
        ? floats.unary(form.opcode(), form.modifiers(), form.type())
        : IntegerTable.unary(form.opcode(), form.modifiers(), form.type());
  }

  private Optional<Functions.Binary> binary(Form form) {
    return form.type().isFloat()
        ? floats.binary(form.opcode(), form.modifiers(), form.type())
        : IntegerTable.binary(form.opcode(), form.modifiers(), form.type());
  }

  private Optional<Functions.Ternary> ternary(Form form) {
    if (form.opcode().equals("slct")) {
      return Optional.of(slct(form));
    }
    return form.type().isFloat()
        ? floats.ternary(form.opcode(), form.modifiers(), form.type())
        : IntegerTable.ternary(form.opcode(), form.modifiers(), form.type());
  }

  private static Functions.Ternary slct(Form form) {
    Functions.Comparison atLeast =
        Comparisons.of("ge", form.type(), form.has("ftz"))
            .orElseThrow(() -> DecodeException.unknown(form.code()));
    return (a, b, c) -> atLeast.test(c, 0) ? a : b;
  }

  private static Instruction logic(Form form) {
    if (!(form.operand(4) instanceof Operand.Int table)) {
      throw form.error("a constant table was expected");
    }
    return new Arithmetic.Ternary(
        InstructionClass.INTEGER,
        IntegerTable.logic((int) table.value()),
        form.destination(0),
        form.source(1),
        form.source(2),
        form.source(3));
  }

  private static Optional<Instruction> predicateLogic(Form form) {
    int d = form.predicateDestination(form.operand(0));
    PredicateUse a = form.predicate(1);
    return switch (form.opcode()) {
      case "mov" -> Optional.of(new Predicates.Logic(Predicates.Join.NONE, d, a, a));
      case "not" -> {
        PredicateUse not = new PredicateUse(a.index(), !a.negated());
        yield Optional.of(new Predicates.Logic(Predicates.Join.NONE, d, not, not));
      }
      case "and", "or", "xor" ->
          Optional.of(new Predicates.Logic(joinOf(form.opcode()), d, a, form.predicate(2)));
      default -> Optional.empty();
    };
  }

  private static Predicates.Join joinOf(String name) {
    return Predicates.Join.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Functions.Comparison comparison(Form form) {
    return Comparisons.of(form.modifiers().get(0), form.type(), form.has("ftz"))
        .orElseThrow(() -> DecodeException.unknown(form.code()));
  }

  private static Predicates.Join join(Form form) {
    String second = form.modifiers().get(1);
    return List.of("and", "or", "xor").contains(second) ? joinOf(second) : Predicates.Join.NONE;
  }

  private static Instruction compare(Form form) {
    Operand results = form.operand(0);
    int p;
    int q = Form.NONE;
    if (results instanceof Operand.Pair pair) {
      p = form.predicateDestination(pair.first());
      q = form.predicateDestination(pair.second());
    } else {
      p = form.predicateDestination(results);
    }
    Predicates.Join join = join(form);
    return new Predicates.Compare(
        kind(form.type()),
        comparison(form),
        p,
        q,
        form.source(1),
        form.source(2),
        join,
        join == Predicates.Join.NONE ? Optional.empty() : Optional.of(form.predicate(3)));
  }

  private static Instruction set(Form form) {
    Predicates.Join join = join(form);
    long truth = form.firstType() == Type.F32 ? Float.floatToRawIntBits(1f) : -1L;
    return new Predicates.SetValue(
        comparison(form),
        truth,
        form.destination(0),
        form.source(1),
        form.source(2),
        join,
        join == Predicates.Join.NONE ? Optional.empty() : Optional.of(form.predicate(3)));
  }

  private static Instruction testClass(Form form) {
    Functions.Comparison test =
        Comparisons.classOf(form.modifiers().get(0), form.type())
            .orElseThrow(() -> DecodeException.unknown(form.code()));
    return new Predicates.Compare(
        kind(form.type()),
        test,
        form.predicateDestination(form.operand(0)),
        Form.NONE,
        form.source(1),
        form.source(1),
        Predicates.Join.NONE,
        Optional.empty());
  }

  private Instruction carry(Form form) {
    if (carryFlag == Form.NONE) {
      carryFlag = form.file().predicate();
    }
    Type type = form.type();
    List<Integer> registers = new ArrayList<>(List.of(form.destination(0)));
    for (int i = 1; i < form.size(); i++) {
      registers.add(form.source(i));
    }
    return new Carry(
        operation(form),
        type.bits() == 64,
        type.signed(),
        form.opcode().endsWith("c") && !form.opcode().equals("sub"),
        form.has("cc"),
        carryFlag,
        registers.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Carry.Operation operation(Form form) {
    if (form.opcode().startsWith("mad")) {
      return form.has("hi") ? Carry.Operation.MULTIPLY_HIGH : Carry.Operation.MULTIPLY_LOW;
    }
    return form.opcode().startsWith("add") ? Carry.Operation.ADD : Carry.Operation.SUBTRACT;
  }
}
