package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.cpu.foreign.NativeCalls;

/**
 * The layouts that primitives have asked for, each by the argument that was the first to ask: a
 * layout has no name, its descriptors can only be compared.
 */
final class Layouts {

  /** An argument of a primitive, compared by identity of the latter. */
  record Place(Primitive user, Arg arg) {}

  private final Api api;
  private final List<Place> firsts = new ArrayList<>();
  private final Map<Place, Place> first = new HashMap<>();

  Layouts(Api api) {
    this.api = api;
  }

  /** The layout of an argument: equal for arguments whose descriptors are. */
  Place of(Primitive user, Arg arg) {
    return first.computeIfAbsent(new Place(user, arg), this::find);
  }

  private Place find(Place place) {
    for (Place known : firsts) {
      if (same(known.user().md(known.arg()), place.user().md(place.arg()))) {
        return known;
      }
    }
    firsts.add(place);
    return place;
  }

  /** Whether two native descriptors are of one shape, type and layout. */
  boolean same(MemorySegment a, MemorySegment b) {
    try {
      return (int) api.memoryDescEqual.invokeExact(a, b) != 0;
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }
}
