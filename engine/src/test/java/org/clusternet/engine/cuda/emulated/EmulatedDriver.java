package org.clusternet.engine.cuda.emulated;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.cuda.emulated.EmulatedStream.Graph;
import org.clusternet.engine.cuda.emulated.EmulatedStream.MarkedEvent;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.DeviceMemory;
import org.clusternet.kernels.emulator.Emulator;
import org.clusternet.kernels.emulator.PtxModule;

/**
 * The driver of a GPU that is not there. Kernels run on the PTX emulator; work runs in one of the
 * {@link Order}s that the waits allow, so that host memory is read as late, and copies overtake
 * kernels as far, as the caller's waits permit. Pinned memory that is not pinned, handles that have
 * ended, memory returned under work in flight, and whatever is left at the end are errors.
 */
public final class EmulatedDriver implements Driver {
  /** Small, so that grids stay small; kernels must not depend on it. */
  private static final int MULTIPROCESSORS = 2;

  private static final int THREADS = 1024;
  private static final int SHARED_BYTES = 227 << 10;
  private static final int GRID_YZ = 65_535;

  private record Code(String text, PtxModule ptx) implements LoadedModule {}

  private record Entry(Code code, String name) implements KernelFunction {}

  private final Emulator emulator = new Emulator();
  private final Order order;
  private final long totalBytes;
  private final PinnedMemory pinned = new PinnedMemory();
  private final Map<Long, Long> blocks = new HashMap<>();
  private final Set<EmulatedStream> streams = identitySet();
  private final Set<Object> handles = identitySet();
  private long usedBytes;
  private long allocations;
  private long launches;

  /** A GPU with so much memory. */
  public EmulatedDriver(Order order, long totalBytes) {
    this.order = order;
    this.totalBytes = totalBytes;
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** The memory of the GPU, for what stands beside the driver. */
  DeviceMemory memory() {
    return emulator.memory();
  }

  /** How often memory was taken. */
  public long allocations() {
    return allocations;
  }

  /** How many kernels have run. */
  public long launches() {
    return launches;
  }

  /** Bytes taken and not returned. */
  public long usedBytes() {
    return usedBytes;
  }

  /** Starts work of a library on a stream. */
  void start(Stream stream, Runnable action) {
    of(stream).start(action);
  }

  /** Fails if the stream is being captured. */
  void requireNoCapture(Stream stream, String call) {
    of(stream).requireNoCapture(call);
  }

  private EmulatedStream of(Stream stream) {
    EmulatedStream emulated = (EmulatedStream) stream;
    if (!streams.contains(emulated)) {
      throw Mistakes.of("a stream is used after its end");
    }
    return emulated;
  }

  private <T> T live(Object handle, Class<T> type) {
    if (!handles.contains(handle)) {
      throw Mistakes.of(type.getSimpleName() + " is used after its end");
    }
    return type.cast(handle);
  }

  private <T> T made(T handle) {
    handles.add(handle);
    return handle;
  }

  private void end(Object handle) {
    if (!handles.remove(handle)) {
      throw Mistakes.of(handle.getClass().getSimpleName() + " is ended twice");
    }
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo(
        "emulated GPU", 9, 0, MULTIPROCESSORS, THREADS, SHARED_BYTES, totalBytes, 12_000);
  }

  @Override
  public long freeBytes() {
    return totalBytes - usedBytes;
  }

  @Override
  public long allocate(long bytes) {
    requireQuiet("cuMemAlloc", false);
    if (bytes > freeBytes()) {
      throw Mistakes.refused("cuMemAlloc(bytes=" + bytes + ")", "CUDA_ERROR_OUT_OF_MEMORY");
    }
    long address = emulator.memory().allocate(bytes);
    blocks.put(address, bytes);
    usedBytes += bytes;
    allocations++;
    return address;
  }

  @Override
  public void free(long address) {
    requireQuiet("cuMemFree", true);
    Long bytes = blocks.remove(address);
    if (bytes == null) {
      throw Mistakes.of("cuMemFree of memory that is not allocated, or twice: address=" + address);
    }
    usedBytes -= bytes;
    emulator.memory().free(address);
  }

  /** No capture; and, if asked for, nothing in flight on the first stream. */
  private void requireQuiet(String call, boolean idle) {
    for (EmulatedStream stream : streams) {
      stream.requireNoCapture(call);
      if (idle && !stream.idle()) {
        throw Mistakes.of(call + " while work is in flight that may use the memory");
      }
    }
  }

  @Override
  public MemorySegment allocatePinned(long bytes) {
    requireQuiet("cuMemHostAlloc", false);
    return pinned.allocate(bytes);
  }

  @Override
  public void freePinned(MemorySegment block) {
    requireQuiet("cuMemFreeHost", true);
    pinned.free(block);
  }

  /**
   * Bytes of 0xFF are the pool's poison: memory filled with them counts as never written, so that
   * the emulator names the very instruction that reads it.
   */
  @Override
  public void fill(long address, long bytes, byte value, Stream stream) {
    start(
        stream,
        () -> {
          emulator.memory().fill(address, bytes, value);
          if (value == (byte) 0xFF) {
            emulator.memory().markUninitialised(address, bytes);
          }
        });
  }

  @Override
  public void upload(MemorySegment host, long address, Stream stream) {
    pinned.require(host, "cuMemcpyHtoDAsync");
    start(stream, () -> emulator.memory().write(address, host));
  }

  @Override
  public void download(long address, MemorySegment host, Stream stream) {
    pinned.require(host, "cuMemcpyDtoHAsync");
    start(stream, () -> emulator.memory().read(address, host));
  }

  @Override
  public void copy(long from, long to, long bytes, Stream stream) {
    start(stream, () -> emulator.memory().copy(from, to, bytes));
  }

  @Override
  public LoadedModule load(String name, String ptx) {
    requireQuiet("cuModuleLoadDataEx", false);
    return made(new Code(ptx, emulator.load(ptx)));
  }

  @Override
  public void unload(LoadedModule module) {
    requireQuiet("cuModuleUnload", true);
    end(module);
  }

  @Override
  public KernelFunction function(LoadedModule module, String entry) {
    Code code = live(module, Code.class);
    if (!code.text().contains(".entry " + entry + "(")) {
      throw Mistakes.refused("cuModuleGetFunction(name=" + entry + ")", "CUDA_ERROR_NOT_FOUND");
    }
    return new Entry(code, entry);
  }

  @Override
  public void launch(
      KernelFunction function,
      Dim grid,
      Dim block,
      int sharedBytes,
      Arguments arguments,
      Stream stream) {
    Entry entry = (Entry) function;
    live(entry.code(), Code.class);
    if (block.count() > THREADS
        || grid.y() > GRID_YZ
        || grid.z() > GRID_YZ
        || sharedBytes > SHARED_BYTES) {
      throw Mistakes.refused(
          "cuLaunchKernel(%s, grid=%s, block=%s, sharedBytes=%d)"
              .formatted(entry.name(), grid, block, sharedBytes),
          "CUDA_ERROR_INVALID_VALUE");
    }
    byte[] packed = arguments.packed();
    start(
        stream,
        () -> {
          launches++;
          emulator.launch(entry.code().ptx(), entry.name(), grid, block, sharedBytes, packed);
        });
  }

  @Override
  public Stream createStream() {
    boolean first = streams.isEmpty();
    boolean prompt = order == (first ? Order.COMPUTE_FIRST : Order.COPIES_FIRST);
    EmulatedStream stream = new EmulatedStream(prompt);
    streams.add(stream);
    return stream;
  }

  @Override
  public void destroy(Stream stream) {
    if (!of(stream).idle()) {
      throw Mistakes.of("cuStreamDestroy while work is in flight");
    }
    streams.remove(of(stream));
  }

  @Override
  public void synchronize(Stream stream) {
    of(stream).requireNoCapture("cuStreamSynchronize");
    of(stream).end().reach();
  }

  @Override
  public Event createEvent() {
    return made(new MarkedEvent());
  }

  @Override
  public void destroy(Event event) {
    end(event);
  }

  @Override
  public void record(Event event, Stream stream) {
    of(stream).requireNoCapture("cuEventRecord");
    live(event, MarkedEvent.class).set(of(stream).end());
  }

  @Override
  public void await(Event event, Stream stream) {
    of(stream).await(live(event, MarkedEvent.class));
  }

  @Override
  public void synchronize(Event event) {
    requireQuiet("cuEventSynchronize", false);
    live(event, MarkedEvent.class).reach();
  }

  /** There is no clock; a kernel counts as a millisecond. */
  @Override
  public float milliseconds(Event from, Event to) {
    return live(from, MarkedEvent.class) == live(to, MarkedEvent.class) ? 0 : launches;
  }

  @Override
  public void beginCapture(Stream stream) {
    of(stream).beginCapture();
  }

  @Override
  public ExecutableGraph endCapture(Stream stream) {
    return made(of(stream).endCapture());
  }

  @Override
  public void launch(ExecutableGraph graph, Stream stream) {
    of(stream).requireNoCapture("cuGraphLaunch");
    live(graph, Graph.class).launch(of(stream));
  }

  @Override
  public void destroy(ExecutableGraph graph) {
    if (live(graph, Graph.class).inFlight()) {
      throw Mistakes.of("cuGraphExecDestroy while the graph is in flight");
    }
    end(graph);
  }

  /** Fails if anything is left. */
  @Override
  public void close() {
    if (!blocks.isEmpty() || !pinned.isEmpty() || !handles.isEmpty() || !streams.isEmpty()) {
      throw Mistakes.of(
          "left at the end: %d blocks with %d bytes, %s pinned memory, %d handles, %d streams"
              .formatted(
                  blocks.size(),
                  usedBytes,
                  pinned.isEmpty() ? "no" : "some",
                  handles.size(),
                  streams.size()));
    }
  }
}
