package org.clusternet.kernels.emulator.decode;

import java.util.List;
import java.util.Optional;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Statement;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.MemoryAddress;
import org.clusternet.kernels.emulator.units.PredicateUse;

/** An instruction being decoded: its modifiers, and its operands resolved on demand. */
final class Form {
  static final int NONE = -1;

  private final Statement.Code code;
  private final Names names;
  private final RegisterFile file;
  private final List<Type> types;

  Form(Statement.Code code, Names names, RegisterFile file) {
    this.code = code;
    this.names = names;
    this.file = file;
    this.types = code.modifiers().stream().map(Type::of).flatMap(Optional::stream).toList();
  }

  Statement.Code code() {
    return code;
  }

  String opcode() {
    return code.opcode();
  }

  List<String> modifiers() {
    return code.modifiers();
  }

  boolean has(String modifier) {
    return code.modifiers().contains(modifier);
  }

  /** The predicate before the instruction. */
  Optional<PredicateUse> guard() {
    return code.guard().map(this::predicate);
  }

  boolean guardIsThere() {
    return code.guard().isPresent();
  }

  RegisterFile file() {
    return file;
  }

  int size() {
    return code.operands().size();
  }

  DecodeException error(String message) {
    return new DecodeException(code, message);
  }

  /** The last type, which is that of the sources. */
  Type type() {
    if (types.isEmpty()) {
      throw DecodeException.unknown(code);
    }
    return types.get(types.size() - 1);
  }

  /** The first type, which is that of the result. */
  Type firstType() {
    if (types.isEmpty()) {
      throw DecodeException.unknown(code);
    }
    return types.get(0);
  }

  int typeCount() {
    return types.size();
  }

  Operand operand(int i) {
    if (i >= code.operands().size()) {
      throw error("operand " + (i + 1) + " is missing");
    }
    return code.operands().get(i);
  }

  private Binding binding(String name) {
    return names.find(name).orElseThrow(() -> error("unknown name '" + name + "'"));
  }

  /** Destination register of an operand; NONE for {@code _}. */
  int destination(Operand operand) {
    if (operand instanceof Operand.Name name) {
      if (name.name().equals("_")) {
        return NONE;
      }
      if (binding(name.name()) instanceof Binding.Register register) {
        return register.index();
      }
    }
    throw error("a register was expected as destination");
  }

  int destination(int i) {
    return destination(operand(i));
  }

  /** Width in bits of the register that an operand names; 64 for anything else. */
  int width(Operand operand) {
    return operand instanceof Operand.Name name
            && names.find(name.name()).orElse(null) instanceof Binding.Register register
        ? register.type().bits()
        : 64;
  }

  /** Destination predicate of an operand; NONE for {@code _}. */
  int predicateDestination(Operand operand) {
    if (operand instanceof Operand.Name name) {
      if (name.name().equals("_")) {
        return NONE;
      }
      if (binding(name.name()) instanceof Binding.Predicate predicate) {
        return predicate.index();
      }
    }
    throw error("a predicate was expected as destination");
  }

  /** A predicate, plain, negated or constant. */
  PredicateUse predicate(Operand operand) {
    if (operand instanceof Operand.Int constant) {
      return new PredicateUse(file.truth(constant.value() != 0), false);
    }
    if (operand instanceof Operand.Name name
        && binding(name.name()) instanceof Binding.Predicate predicate) {
      return new PredicateUse(predicate.index(), false);
    }
    if (operand instanceof Operand.Not not
        && binding(not.name()) instanceof Binding.Predicate predicate) {
      return new PredicateUse(predicate.index(), true);
    }
    throw error("a predicate was expected");
  }

  PredicateUse predicate(int i) {
    return predicate(operand(i));
  }

  boolean isPredicate(int i) {
    return operand(i) instanceof Operand.Name name
        && names.find(name.name()).orElse(null) instanceof Binding.Predicate;
  }

  int source(int i, Type type) {
    return source(operand(i), type);
  }

  int source(int i) {
    return source(i, type());
  }

  /** Register that holds a source; constants have registers of their own. */
  int source(Operand operand, Type type) {
    if (operand instanceof Operand.Int constant) {
      return file.constant(constant(constant.value(), type));
    }
    if (operand instanceof Operand.Single constant) {
      return file.constant(
          type == Type.F64
              ? Double.doubleToRawLongBits(constant.value())
              : Float.floatToRawIntBits(constant.value()));
    }
    if (operand instanceof Operand.Real constant) {
      return file.constant(
          type == Type.F32
              ? Float.floatToRawIntBits((float) constant.value())
              : Double.doubleToRawLongBits(constant.value()));
    }
    if (operand instanceof Operand.Name name) {
      return named(name.name());
    }
    if (operand instanceof Operand.Address address && address.base().startsWith("&")) {
      return file.constant(memory(address.base().substring(1)).address() + address.offset());
    }
    throw error("a register or constant was expected");
  }

  private static long constant(long value, Type type) {
    if (type == Type.F64) {
      return Double.doubleToRawLongBits((double) value);
    }
    return type == Type.F32 ? Float.floatToRawIntBits((float) value) : value;
  }

  private int named(String name) {
    Optional<Binding> binding = names.find(name);
    if (binding.isEmpty()) {
      return SpecialRegisters.find(name)
          .map(special -> file.special(name, special))
          .orElseThrow(() -> error("unknown name '" + name + "'"));
    }
    if (binding.get() instanceof Binding.Register register) {
      return register.index();
    }
    if (binding.get() instanceof Binding.Memory memory) {
      return file.constant(memory.address());
    }
    throw error("'" + name + "' is no value");
  }

  Binding.Memory memory(String name) {
    if (binding(name) instanceof Binding.Memory memory) {
      return memory;
    }
    throw error("'" + name + "' is no variable");
  }

  /** The address of a memory operand. */
  MemoryAddress address(int i) {
    if (!(operand(i) instanceof Operand.Address address)) {
      throw error("an address was expected");
    }
    if (address.base().isEmpty()) {
      return new MemoryAddress(file.constant(address.offset()), true, 0);
    }
    Binding base = binding(address.base());
    if (base instanceof Binding.Register register) {
      return new MemoryAddress(register.index(), register.type().bits() == 64, address.offset());
    }
    long start = memory(address.base()).address();
    return new MemoryAddress(file.constant(start + address.offset()), true, 0);
  }

  /** The variable that a memory operand names, if it names one. */
  Optional<Binding.Memory> variable(int i) {
    return operand(i) instanceof Operand.Address address
            && names.find(address.base()).orElse(null) instanceof Binding.Memory memory
        ? Optional.of(memory)
        : Optional.empty();
  }

  /** Elements of a vector operand, or the one operand. */
  List<Operand> elements(int i) {
    return operand(i) instanceof Operand.Group group ? group.elements() : List.of(operand(i));
  }
}
