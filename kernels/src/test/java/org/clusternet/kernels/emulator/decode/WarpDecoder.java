package org.clusternet.kernels.emulator.decode;

import java.util.Locale;
import java.util.Optional;
import org.clusternet.kernels.emulator.machine.BlockBarrier;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.SyncWarp;
import org.clusternet.kernels.emulator.syntax.Operand;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.Fence;
import org.clusternet.kernels.emulator.units.LaneState;
import org.clusternet.kernels.emulator.units.Match;
import org.clusternet.kernels.emulator.units.PredicateUse;
import org.clusternet.kernels.emulator.units.Shuffle;
import org.clusternet.kernels.emulator.units.Vote;

/** Decodes what threads of a warp or a block do together. */
final class WarpDecoder {

  Optional<Instruction> decode(Form form) {
    return switch (form.opcode()) {
      case "shfl" -> Optional.of(shuffle(form));
      case "vote" -> Optional.of(vote(form));
      case "match" -> Optional.of(match(form));
      case "activemask" -> Optional.of(new LaneState(false, form.destination(0)));
      case "nanosleep" -> Optional.of(new Fence(false));
      case "bar", "barrier" -> Optional.of(barrier(form));
      default -> Optional.empty();
    };
  }

  private static Instruction shuffle(Form form) {
    Operand result = form.operand(0);
    int p = Form.NONE;
    if (result instanceof Operand.Pair pair) {
      p = form.predicateDestination(pair.second());
      result = pair.first();
    }
    return new Shuffle(
        Shuffle.Mode.valueOf(second(form)),
        form.destination(result),
        p,
        form.source(1),
        form.source(2, Type.U32),
        form.source(3, Type.U32),
        form.source(4, Type.U32));
  }

  private static String second(Form form) {
    if (form.modifiers().size() < 2 || !form.has("sync")) {
      throw DecodeException.unknown(form.code());
    }
    return form.modifiers().get(1).toUpperCase(Locale.ROOT);
  }

  private static Instruction vote(Form form) {
    Vote.Mode mode = Vote.Mode.valueOf(second(form));
    int d =
        mode == Vote.Mode.BALLOT ? form.destination(0) : form.predicateDestination(form.operand(0));
    return new Vote(mode, d, form.predicate(1), form.source(2, Type.U32));
  }

  private static Instruction match(Form form) {
    Operand result = form.operand(0);
    int p = Form.NONE;
    if (result instanceof Operand.Pair pair) {
      p = form.predicateDestination(pair.second());
      result = pair.first();
    }
    return new Match(
        second(form).equals("ALL"),
        form.type(),
        form.destination(result),
        p,
        form.source(1),
        form.source(2, Type.U32));
  }

  private static Instruction barrier(Form form) {
    if (form.has("warp")) {
      return new SyncWarp(form.source(0, Type.U32));
    }
    if (!form.has("red")) {
      named(form, 0, 1);
      return new BlockBarrier();
    }
    named(form, 1, 3);
    PredicateUse p = form.predicate(form.size() - 1);
    BlockBarrier.Reduction reduction =
        form.has("popc")
            ? BlockBarrier.Reduction.COUNT
            : form.has("and") ? BlockBarrier.Reduction.AND : BlockBarrier.Reduction.OR;
    int d =
        reduction == BlockBarrier.Reduction.COUNT
            ? form.destination(0)
            : form.predicateDestination(form.operand(0));
    return new BlockBarrier(reduction, d, p.index(), p.negated());
  }

  /** Barriers of part of a block need a count of threads, which is not understood. */
  private static void named(Form form, int barrier, int plainSize) {
    boolean constant =
        form.operand(barrier) instanceof Operand.Int id && id.value() >= 0 && id.value() < 16;
    if (!constant || form.size() > plainSize) {
      throw form.error("barriers of part of a block are not understood");
    }
  }
}
