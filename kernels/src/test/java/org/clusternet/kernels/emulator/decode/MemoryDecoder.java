package org.clusternet.kernels.emulator.decode;

import java.util.List;
import java.util.Optional;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.numeric.FloatTable;
import org.clusternet.kernels.emulator.numeric.Functions;
import org.clusternet.kernels.emulator.numeric.IntegerTable;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.Arithmetic;
import org.clusternet.kernels.emulator.units.Atomic;
import org.clusternet.kernels.emulator.units.Fence;
import org.clusternet.kernels.emulator.units.Load;
import org.clusternet.kernels.emulator.units.Space;
import org.clusternet.kernels.emulator.units.Store;

/** Decodes loads, stores, atomics and fences. */
final class MemoryDecoder {
  private final FloatTable floats;

  MemoryDecoder(FloatTable floats) {
    this.floats = floats;
  }

  Optional<Instruction> decode(Form form) {
    return switch (form.opcode()) {
      case "ld", "ldu" -> {
        int[] into = form.elements(0).stream().mapToInt(form::destination).toArray();
        yield Optional.of(
            new Load(space(form, 1), loadKind(form), form.type(), into, form.address(1)));
      }
      case "st" -> {
        int[] from = form.elements(1).stream().mapToInt(x -> form.source(x, form.type())).toArray();
        yield Optional.of(
            new Store(
                space(form, 0),
                form.has("relaxed") || form.has("release"),
                form.type(),
                from,
                form.address(0)));
      }
      case "atom" -> Optional.of(atomic(form, form.destination(0), 1));
      case "red" -> Optional.of(atomic(form, Form.NONE, 0));
      case "membar", "fence" -> Optional.of(new Fence(!form.has("cta")));
      case "prefetch", "prefetchu" ->
          Optional.of(
              new Arithmetic.Unary(
                  InstructionClass.MEMORY,
                  a -> a,
                  form.file().register(),
                  form.address(0).register()));
      default -> Optional.empty();
    };
  }

  private static Load.Kind loadKind(Form form) {
    if (form.has("nc")) {
      return Load.Kind.READ_ONLY;
    }
    return form.has("relaxed") || form.has("acquire") ? Load.Kind.STRONG : Load.Kind.PLAIN;
  }

  private static Space space(Form form, int operand) {
    if (form.has("global")) {
      return Space.GLOBAL;
    }
    if (form.has("shared")) {
      return Space.SHARED;
    }
    if (form.has("const")) {
      return Space.CONSTANT;
    }
    if (form.has("local")) {
      return Space.LOCAL;
    }
    if (form.has("param")) {
      return form.variable(operand).map(Binding.Memory::space).orElse(Space.PARAMETER);
    }
    return Space.GENERIC;
  }

  private Instruction atomic(Form form, int d, int address) {
    int b = form.source(address + 1);
    boolean three = form.has("cas");
    return new Atomic(
        space(form, address),
        form.has("acquire") || form.has("release") || form.has("acq_rel"),
        function(form),
        form.type(),
        d,
        b,
        three ? form.source(address + 2) : b,
        form.address(address));
  }

  private Functions.Ternary function(Form form) {
    Type type = form.type();
    if (form.has("exch")) {
      return (old, b, c) -> b;
    }
    if (form.has("cas")) {
      long mask = type.bits() == 64 ? -1 : (1L << type.bits()) - 1;
      return (old, b, c) -> (old & mask) == (b & mask) ? c : old;
    }
    if (form.has("inc")) {
      return (old, b, c) -> old >= (b & 0xffffffffL) ? 0 : old + 1;
    }
    if (form.has("dec")) {
      return (old, b, c) -> old == 0 || old > (b & 0xffffffffL) ? b : old - 1;
    }
    String operation =
        form.modifiers().stream()
            .filter(List.of("add", "min", "max", "and", "or", "xor")::contains)
            .findFirst()
            .orElseThrow(() -> DecodeException.unknown(form.code()));
    Functions.Binary binary =
        (type.isFloat()
                ? floats.binary(operation, List.of(), type)
                : IntegerTable.binary(operation, List.of(), type))
            .orElseThrow(() -> DecodeException.unknown(form.code()));
    return (old, b, c) -> binary.apply(old, b);
  }
}
