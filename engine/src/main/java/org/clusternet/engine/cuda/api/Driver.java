package org.clusternet.engine.cuda.api;

import java.lang.foreign.MemorySegment;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;

/**
 * The part of the driver of one GPU that the CUDA device uses, in the terms of the CUDA driver API:
 * what is started on a stream runs after all that was started there before, at some later time;
 * streams know nothing of each other but by events.
 *
 * <p>Every method may be called from any thread, and throws {@link CudaException} where the driver
 * refuses. Handles belong to the driver that made them.
 */
public interface Driver extends AutoCloseable {

  /** What the GPU is. */
  DeviceInfo info();

  /** Bytes of the GPU's memory that are free. */
  long freeBytes();

  /** Takes memory of the GPU, aligned to 256 bytes. */
  long allocate(long bytes);

  /** Returns what {@link #allocate} gave; nothing in flight may still use it. */
  void free(long address);

  /** Takes page-locked memory of the host, between which and the GPU copies are asynchronous. */
  MemorySegment allocatePinned(long bytes);

  /** Returns what {@link #allocatePinned} gave; nothing in flight may still use it. */
  void freePinned(MemorySegment block);

  /** Starts to fill memory of the GPU with a byte. */
  void fill(long address, long bytes, byte value, Stream stream);

  /** Starts a copy from pinned memory, which must not change until the copy has run. */
  void upload(MemorySegment pinned, long address, Stream stream);

  /** Starts a copy to pinned memory, whose content is undefined until the copy has run. */
  void download(long address, MemorySegment pinned, Stream stream);

  /** Starts a copy within the GPU. */
  void copy(long from, long to, long bytes, Stream stream);

  /**
   * Translates PTX for this GPU.
   *
   * @param name the name of the module, for messages
   * @throws CudaException with the translator's log
   */
  LoadedModule load(String name, String ptx);

  /** Ends a module and its functions. */
  void unload(LoadedModule module);

  /** An entry point of a module. */
  KernelFunction function(LoadedModule module, String entry);

  /** Starts a kernel. */
  void launch(
      KernelFunction function,
      Dim grid,
      Dim block,
      int sharedBytes,
      Arguments arguments,
      Stream stream);

  /** A new stream, independent of all others. */
  Stream createStream();

  /** Ends a stream on which nothing is in flight. */
  void destroy(Stream stream);

  /** Waits until all that was started on a stream has run. */
  void synchronize(Stream stream);

  /** A new event, which counts as passed until it is recorded. */
  Event createEvent();

  /** Ends an event. */
  void destroy(Event event);

  /** Sets the event at the present end of a stream. */
  void record(Event event, Stream stream);

  /** Makes what is started on the stream from now on wait for the event as recorded now. */
  void await(Event event, Stream stream);

  /** Waits until the event as recorded last has passed. */
  void synchronize(Event event);

  /** Milliseconds between two events that have passed. */
  float milliseconds(Event from, Event to);

  /**
   * From now on what is started on the stream is written down instead of run. Until {@link
   * #endCapture} the stream must not be waited for, and memory neither taken nor returned.
   */
  void beginCapture(Stream stream);

  /** Ends the capture and prepares what was written down to be launched. */
  ExecutableGraph endCapture(Stream stream);

  /** Starts all work of a graph, in its order. */
  void launch(ExecutableGraph graph, Stream stream);

  /** Ends a graph of which nothing is in flight. */
  void destroy(ExecutableGraph graph);

  /** Releases the GPU. */
  @Override
  void close();
}
