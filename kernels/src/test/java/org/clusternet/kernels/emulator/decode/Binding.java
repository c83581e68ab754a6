package org.clusternet.kernels.emulator.decode;

import java.util.List;
import org.clusternet.kernels.emulator.syntax.Type;
import org.clusternet.kernels.emulator.units.Space;

/** What a name stands for. */
sealed interface Binding {
  /** A register. */
  record Register(int index, Type type) implements Binding {}

  /** A predicate. */
  record Predicate(int index) implements Binding {}

  /** A variable at an address of its space. */
  record Memory(Space space, long address) implements Binding {}

  /** A place in the code, known once everything before it is decoded. */
  final class Label implements Binding {
    int place = -1;
  }

  /** Targets of {@code brx.idx}. */
  record Table(List<String> labels) implements Binding {}
}
