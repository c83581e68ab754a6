package org.clusternet.kernels.emulator.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Variables laid out one after the other in a window, gaps between them, so that an access beyond
 * the end of one does not meet the next.
 */
public final class Ranges {
  /** A variable in the window. */
  public record Range(String name, int start, int bytes) {}

  private final List<Range> ranges = new ArrayList<>();
  private final int gap;
  private int end;

  /** An empty window; so many bytes are left free after each variable. */
  public Ranges(int gap) {
    this.gap = gap;
  }

  /** Lays out a variable. */
  public Range add(String name, int bytes, int align) {
    int boundary = Math.max(align, gap);
    int start = boundary == 0 ? end : (end + boundary - 1) / boundary * boundary;
    Range range = new Range(name, start, bytes);
    ranges.add(range);
    end = start + bytes + gap;
    return range;
  }

  /** A window with one more variable at its end. */
  public Ranges with(String name, int bytes) {
    Ranges longer = new Ranges(gap);
    longer.ranges.addAll(ranges);
    longer.end = end;
    longer.add(name, bytes, 1);
    return longer;
  }

  /** Bytes of the window. */
  public int size() {
    return end;
  }

  /** Where the next variable would begin. */
  public int next() {
    return gap == 0 ? end : (end + gap - 1) / gap * gap;
  }

  /** Bytes of the variables without gaps. */
  public int used() {
    return ranges.stream().mapToInt(Range::bytes).sum();
  }

  /** The variable that holds an access whole, or null. */
  public Range find(long offset, int bytes) {
    for (Range range : ranges) {
      if (offset >= range.start() && offset + bytes <= range.start() + (long) range.bytes()) {
        return range;
      }
    }
    return null;
  }

  /** Says what lies before an offset that no variable holds. */
  public String nearby(long offset) {
    Range before = null;
    for (Range range : ranges) {
      if (range.start() <= offset && (before == null || range.start() > before.start())) {
        before = range;
      }
    }
    return before == null
        ? "before all variables"
        : "offset="
            + (offset - before.start())
            + " of '"
            + before.name()
            + "' of "
            + before.bytes()
            + " bytes";
  }
}
