package org.clusternet.kernels.emulator.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Program;
import org.clusternet.kernels.emulator.memory.Ranges;
import org.clusternet.kernels.emulator.numeric.FloatTable;
import org.clusternet.kernels.emulator.syntax.Function;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Statement;
import org.clusternet.kernels.emulator.syntax.SyntaxTree;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.syntax.Variable;
import org.clusternet.kernels.emulator.units.Arithmetic;
import org.clusternet.kernels.emulator.units.Branch;
import org.clusternet.kernels.emulator.units.PredicateUse;
import org.clusternet.kernels.emulator.units.Space;
import org.clusternet.kernels.emulator.units.Trap;

/**
 * Decodes one kernel. Functions that it calls become part of its code, so a place is one number.
 */
final class KernelDecoder {
  private static final int FRAME_GAP = 16;
  private static final int DEEPEST_CALL = 32;

  private record Jump(Branch branch, List<Binding.Label> labels) {}

  private final SyntaxTree tree;
  private final Names moduleNames;
  private final RegisterFile file = new RegisterFile();
  private final Ranges frame = new Ranges(FRAME_GAP);
  private final List<Instruction> code = new ArrayList<>();
  private final List<Jump> jumps = new ArrayList<>();
  private final ArithmeticDecoder arithmetic;
  private final MoveDecoder moves = new MoveDecoder();
  private final MemoryDecoder memory;
  private final WarpDecoder warps = new WarpDecoder();
  private int depth;

  KernelDecoder(SyntaxTree tree, Names moduleNames, FloatTable floats) {
    this.tree = tree;
    this.moduleNames = new Names(moduleNames);
    this.arithmetic = new ArithmeticDecoder(floats);
    this.memory = new MemoryDecoder(floats);
  }

  Program decode(Function entry) {
    Ranges shared = SharedLayout.of(tree, entry, moduleNames);
    Names names = new Names(moduleNames);
    List<Program.Parameter> parameters = parameters(entry, names);
    Binding.Label end = new Binding.Label();
    body(entry.body(), names, end);
    end.place = code.size();
    Branch exit = new Branch(Branch.Action.EXIT, false, 0);
    exit.source(0, "end of " + entry.name());
    code.add(exit);
    for (Jump jump : jumps) {
      jump.branch().targets(jump.labels().stream().mapToInt(label -> label.place).toArray());
    }
    int bytes =
        parameters.isEmpty()
            ? 0
            : parameters.get(parameters.size() - 1).offset()
                + parameters.get(parameters.size() - 1).bytes();
    return new Program(
        entry.name(),
        code.toArray(new Instruction[0]),
        file.registers(),
        file.predicates(),
        file.constants(),
        file.specials(),
        parameters,
        bytes,
        frame,
        shared,
        entry.limits());
  }

  private static List<Program.Parameter> parameters(Function entry, Names names) {
    List<Program.Parameter> parameters = new ArrayList<>();
    int offset = 0;
    for (Variable each : entry.parameters()) {
      offset = (offset + each.align() - 1) / each.align() * each.align();
      parameters.add(new Program.Parameter(each.name(), each.type(), offset, each.bytes()));
      names.bind(each.name(), new Binding.Memory(Space.PARAMETER, offset));
      offset += each.bytes();
    }
    return parameters;
  }

  private void body(List<Statement> statements, Names names, Binding.Label end) {
    for (Statement each : statements) {
      declare(each, names);
    }
    for (Statement each : statements) {
      if (each instanceof Statement.Label label) {
        if (names.find(label.name()).orElseThrow() instanceof Binding.Label place) {
          place.place = code.size();
        }
      } else if (each instanceof Statement.Scope scope) {
        body(scope.statements(), new Names(names), end);
      } else if (each instanceof Statement.Code instruction) {
        instruction(instruction, names, end);
      }
    }
  }

  private void declare(Statement statement, Names names) {
    if (statement instanceof Statement.Registers registers) {
      for (String name : registers.names()) {
        names.bind(
            name,
            registers.type() == Type.PRED
                ? new Binding.Predicate(file.predicate())
                : new Binding.Register(file.register(), registers.type()));
      }
    } else if (statement instanceof Statement.Label label) {
      names.bind(label.name(), new Binding.Label());
    } else if (statement instanceof Statement.Targets targets) {
      names.bind(targets.name(), new Binding.Table(targets.labels()));
    } else if (statement instanceof Statement.Local local
        && !local.variable().space().equals("shared")) {
      names.bind(local.variable().name(), onFrame(local.variable()));
    }
  }

  private Binding onFrame(Variable variable) {
    Space space = variable.space().equals("local") ? Space.LOCAL : Space.CALL;
    return new Binding.Memory(
        space, frame.add(variable.name(), variable.bytes(), variable.align()).start());
  }

  private void instruction(Statement.Code statement, Names names, Binding.Label end) {
    Modifiers.check(statement);
    Form form = new Form(statement, names, file);
    switch (statement.opcode()) {
      case "bra" -> emit(jump(form.guardIsThere(), label(form, names, 0)), form);
      case "brx" -> table(form, names);
      case "exit" -> emit(new Branch(Branch.Action.EXIT, form.guardIsThere(), 0), form);
      case "ret" -> emit(jump(form.guardIsThere(), end), form);
      case "call" -> call(form, names);
      case "trap" -> emit(new Trap("trap"), form);
      case "brkpt" -> {}
      default -> {
        Optional<Instruction> decoded =
            moves
                .decode(form)
                .or(() -> memory.decode(form))
                .or(() -> warps.decode(form))
                .or(() -> arithmetic.decode(form));
        emit(decoded.orElseThrow(() -> DecodeException.unknown(statement)), form);
      }
    }
  }

  private void emit(Instruction instruction, Form form) {
    form.guard().ifPresent(use -> instruction.guard(use.index(), use.negated()));
    instruction.source(form.code().line(), form.code().text());
    code.add(instruction);
  }

  private Branch jump(boolean conditional, Binding.Label label) {
    Branch branch = new Branch(Branch.Action.JUMP, conditional, 0);
    jumps.add(new Jump(branch, List.of(label)));
    return branch;
  }

  private static Binding.Label label(Form form, Names names, int operand) {
    if (form.operand(operand) instanceof Operand.Name name
        && names.find(name.name()).orElse(null) instanceof Binding.Label label) {
      return label;
    }
    throw form.error("a label was expected");
  }

  private void table(Form form, Names names) {
    if (!(form.operand(1) instanceof Operand.Name name)
        || !(names.find(name.name()).orElse(null) instanceof Binding.Table table)) {
      throw form.error("a list of .branchtargets was expected");
    }
    List<Binding.Label> labels = new ArrayList<>();
    for (String each : table.labels()) {
      if (names.find(each).orElse(null) instanceof Binding.Label label) {
        labels.add(label);
      } else {
        throw form.error("unknown label '" + each + "'");
      }
    }
    Branch branch = new Branch(Branch.Action.TABLE, form.guardIsThere(), form.source(0, Type.U32));
    jumps.add(new Jump(branch, labels));
    emit(branch, form);
  }

  private void call(Form form, Names names) {
    List<Operand> operands = new ArrayList<>(form.code().operands());
    List<Operand> results = List.of();
    if (operands.get(0) instanceof Operand.Group group) {
      results = group.elements();
      operands.remove(0);
    }
    String name = operands.get(0) instanceof Operand.Name callee ? callee.name() : "";
    List<Operand> arguments =
        operands.size() > 1 && operands.get(1) instanceof Operand.Group group
            ? group.elements()
            : List.of();
    if (name.equals("__assertfail")) {
      emit(new Trap("an assertion of the kernel failed"), form);
      return;
    }
    Function function = tree.functions().get(name);
    if (function == null || function.body().isEmpty()) {
      throw form.error("call of '" + name + "', which has no body here,");
    }
    if (++depth > DEEPEST_CALL) {
      throw form.error("recursion is not understood");
    }
    expand(form, function, results, arguments, names);
    depth--;
  }

  private void expand(
      Form form, Function function, List<Operand> results, List<Operand> arguments, Names names) {
    Binding.Label after = new Binding.Label();
    Optional<PredicateUse> guard = form.guard();
    if (guard.isPresent()) {
      Branch skip = jump(true, after);
      skip.guard(guard.get().index(), !guard.get().negated());
      skip.source(form.code().line(), form.code().text());
      code.add(skip);
    }
    Names inner = new Names(moduleNames);
    bindAll(form, function.results(), results, names, inner);
    bindAll(form, function.parameters(), arguments, names, inner);
    copyRegisters(form, function.parameters(), inner);
    body(function.body(), inner, after);
    after.place = code.size();
  }

  /** Arguments in registers are passed by value. */
  private void copyRegisters(Form form, List<Variable> formals, Names inner) {
    for (Variable each : formals) {
      if (inner.find(each.name()).orElse(null) instanceof Binding.Register actual) {
        Binding.Register copy = new Binding.Register(file.register(), actual.type());
        Arithmetic.Unary move =
            new Arithmetic.Unary(InstructionClass.MOVE, a -> a, copy.index(), actual.index());
        move.source(form.code().line(), form.code().text());
        code.add(move);
        inner.bind(each.name(), copy);
      }
    }
  }

  private static void bindAll(
      Form form, List<Variable> formals, List<Operand> actuals, Names names, Names inner) {
    if (formals.size() != actuals.size()) {
      throw form.error("a call with " + actuals.size() + " arguments of " + formals.size());
    }
    for (int i = 0; i < formals.size(); i++) {
      if (!(actuals.get(i) instanceof Operand.Name name)) {
        throw form.error("an argument that is no variable");
      }
      inner.bind(
          formals.get(i).name(),
          names
              .find(name.name())
              .orElseThrow(() -> form.error("unknown name '" + name.name() + "'")));
    }
  }
}
