package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.clusternet.engine.cpu.foreign.NativeCalls;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's CPU engine with the primitives prepared so far. Preparing one generates machine code and
 * takes milliseconds; running it again only sets pointers.
 */
public final class OneDnn {
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;

  private final Api api;
  private final MemorySegment engine;
  private final List<MemorySegment> streams = new ArrayList<>();
  private final Map<Spec, Primitive> primitives = new HashMap<>();
  private final Map<Reorder, Boolean> sameLayout = new HashMap<>();
  private final Layouts layouts;
  private final OpenMp openMp;
  private @Nullable MemoryPool memory;

  private OneDnn(Api api, OpenMp openMp) {
    this.api = api;
    this.openMp = openMp;
    this.layouts = new Layouts(api);
    this.engine = Api.create("engine", out -> (int) api.engineCreate.invokeExact(out, CPU, 0L));
  }

  /** Loads the library, or gives nothing where the class path holds none for this platform. */
  public static Optional<OneDnn> load() {
    if (!NativeLibrary.isPresent()) {
      return Optional.empty();
    }
    NativeLibrary library = NativeLibrary.load();
    return Optional.of(new OneDnn(new Api(library), new OpenMp(library.openMp())));
  }

  /**
   * Prepares the calling thread: OpenMP keeps the number of threads per caller, and scratchpads
   * come from the caller's pool.
   */
  public void enter(int threads, MemoryPool pool) {
    this.memory = pool;
    setThreads(threads);
  }

  /**
   * Makes primitives that the calling thread runs from now on stay on it: for threads that each run
   * their own.
   */
  public void stayOnThread() {
    setThreads(1);
  }

  private void setThreads(int threads) {
    try {
      api.setNumThreads.invokeExact(threads);
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  /**
   * Runs {@code part} for 0 to {@code parts - 1} on the {@code threads} that primitives run on, and
   * returns when all have ended; what one of them throws is thrown then. For one caller at a time.
   */
  public void parallel(int threads, int parts, IntConsumer part) {
    openMp.run(threads, parts, part);
  }

  /** The primitive of a spec, prepared at its first use. */
  public Primitive primitive(Spec spec) {
    Primitive known = primitives.get(spec);
    if (known == null) {
      try (Session session = new Session(api, engine)) {
        known = new Primitive(this, spec, spec.describe(session));
      }
      primitives.put(spec, known);
    }
    return known;
  }

  /**
   * A tensor's values in the layout of an argument of a primitive: the tensor itself where that is
   * its own layout and type, else a converted copy, in {@code scope} or, of a frozen tensor, kept
   * beside it for all primitives that ask for this layout.
   */
  public Tensor pack(Tensor tensor, Primitive user, Arg arg, Scope scope) {
    return tensor.isFrozen()
        ? tensor.derived(layouts.of(user, arg), kept -> converted(tensor, user, arg, kept))
        : converted(tensor, user, arg, scope);
  }

  private Tensor converted(Tensor tensor, Primitive user, Arg arg, Scope scope) {
    Tensor packed = room(tensor, user, arg, scope);
    if (packed != tensor) {
      Reorder spec = new Reorder(Descriptor.of(tensor), user, arg, true);
      primitive(spec).with(Arg.SRC, tensor).with(Arg.DST, packed).run();
    }
    return packed;
  }

  /**
   * Memory for an argument that a primitive is to write, to be converted back by {@link #unpack}.
   */
  public Tensor room(Tensor tensor, Primitive user, Arg arg, Scope scope) {
    return sameLayout(tensor, user, arg)
        ? tensor
        : scope.allocate(TensorType.of(DType.U8, Math.toIntExact(user.bytes(arg))));
  }

  /** Converts what a primitive wrote to {@link #room} to the tensor that it was made for. */
  public void unpack(Tensor packed, Primitive user, Arg arg, Tensor tensor) {
    if (packed != tensor) {
      Reorder spec = new Reorder(Descriptor.of(tensor), user, arg, false);
      primitive(spec).with(Arg.SRC, packed).with(Arg.DST, tensor).run();
    }
  }

  private boolean sameLayout(Tensor tensor, Primitive user, Arg arg) {
    return sameLayout.computeIfAbsent(
        new Reorder(Descriptor.of(tensor), user, arg, true), this::changesNothing);
  }

  private boolean changesNothing(Reorder reorder) {
    try (Session session = new Session(api, engine)) {
      return layouts.same(session.md(reorder.own()), reorder.user().md(reorder.arg()));
    }
  }

  Api api() {
    return api;
  }

  MemorySegment engine() {
    return engine;
  }

  MemorySegment stream(int lane) {
    while (streams.size() <= lane) {
      streams.add(
          Api.create("stream", out -> (int) api.streamCreate.invokeExact(out, engine, IN_ORDER)));
    }
    return streams.get(lane);
  }

  Scope scratch() {
    return new Scope(Objects.requireNonNull(memory, "enter comes before any primitive"));
  }

  /** Name and version, for messages. */
  public String describe() {
    return "oneDNN " + NativeLibrary.version();
  }
}
