package org.clusternet.engine.cuda.launch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.kernels.Strided;

/**
 * Broadcasting for kernels: a tensor beside operands that are stretched to its shape, as arrays of
 * at most four dimensions. Dimensions along which all operands advance alike are joined; what is
 * left beyond four, which only odd shapes of many dimensions have, becomes several parts.
 */
public final class Stretching {
  /**
   * One launch.
   *
   * @param at start of the part in the large tensor, in elements
   * @param operands its start in each operand, in elements
   * @param layout extents and strides of both
   */
  public record Part(long at, long[] operands, Strided layout) {}

  /** A dimension: its extent and the operands' strides along it. */
  private record Axis(long extent, List<Long> strides) {

    boolean continues(Axis inner) {
      for (int i = 0; i < strides.size(); i++) {
        if (strides.get(i) != inner.strides.get(i) * inner.extent) {
          return false;
        }
      }
      return true;
    }
  }

  private final int operands;
  private final List<Axis> axes = new ArrayList<>();

  private Stretching(int operands) {
    this.operands = operands;
  }

  /** The parts of a tensor of shape {@code large} beside operands that broadcast to it. */
  public static List<Part> of(Shape large, Shape... operands) {
    Stretching stretching = new Stretching(operands.length);
    for (int d : large.memoryOrder()) {
      List<Long> strides = new ArrayList<>();
      for (Shape operand : operands) {
        int own = d - (large.rank() - operand.rank());
        strides.add(own >= 0 && operand.dim(own) > 1 ? operand.stride(own) : 0L);
      }
      stretching.add(large.dim(d), strides);
    }
    return stretching.parts();
  }

  /** The parts of a dense tensor beside one operand with the strides given, outermost first. */
  public static List<Part> of(List<Long> extents, List<Long> strides) {
    Stretching stretching = new Stretching(1);
    for (int d = 0; d < extents.size(); d++) {
      stretching.add(extents.get(d), List.of(strides.get(d)));
    }
    return stretching.parts();
  }

  private void add(long extent, List<Long> strides) {
    Axis axis = new Axis(extent, strides);
    if (extent == 1) {
      return;
    }
    int last = axes.size() - 1;
    if (last >= 0 && axes.get(last).continues(axis)) {
      axes.set(last, new Axis(axes.get(last).extent * extent, strides));
    } else {
      axes.add(axis);
    }
  }

  private List<Part> parts() {
    while (axes.size() < Strided.RANK) {
      axes.add(0, new Axis(1, Collections.nCopies(operands, 0L)));
    }
    List<Axis> outer = axes.subList(0, axes.size() - Strided.RANK);
    Strided layout = layout(axes.subList(outer.size(), axes.size()));
    List<Part> parts = List.of(new Part(0, new long[operands], layout));
    long step = layout.elements();
    for (int d = outer.size() - 1; d >= 0; d--) {
      parts = repeated(parts, outer.get(d), step);
      step *= outer.get(d).extent;
    }
    return parts;
  }

  private static List<Part> repeated(List<Part> inner, Axis axis, long step) {
    List<Part> parts = new ArrayList<>();
    for (long k = 0; k < axis.extent; k++) {
      for (Part part : inner) {
        long[] offsets = part.operands.clone();
        for (int i = 0; i < offsets.length; i++) {
          offsets[i] += k * axis.strides.get(i);
        }
        parts.add(new Part(k * step + part.at, offsets, part.layout));
      }
    }
    return parts;
  }

  private Strided layout(List<Axis> inner) {
    List<List<Long>> strides = new ArrayList<>();
    for (int i = 0; i < operands; i++) {
      int operand = i;
      strides.add(inner.stream().map(axis -> axis.strides.get(operand)).toList());
    }
    return new Strided(inner.stream().map(Axis::extent).toList(), strides);
  }
}
