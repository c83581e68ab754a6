package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnBackendAttributeType;
import jcuda.jcudnn.cudnnBackendDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnStatus;

/**
 * One of the descriptors of which cuDNN's graphs, engines and plans are made: attributes are set,
 * it is finished, and others are read from it.
 */
final class BackendDescriptor implements AutoCloseable {

  /** A handle of cuDNN whose address can be an attribute. */
  static final class Library extends cudnnHandle {
    long address() {
      return getNativePointer();
    }
  }

  private static final class Handle extends cudnnBackendDescriptor {
    long address() {
      return getNativePointer();
    }
  }

  private final Handle handle = new Handle();

  /** A new one, of a type of {@code cudnnBackendDescriptorType}. */
  BackendDescriptor(int type) {
    NvidiaDnn.check(
        JCudnn.cudnnBackendCreateDescriptor(type, handle),
        "cudnnBackendCreateDescriptor",
        "type",
        type);
  }

  BackendDescriptor longs(int attribute, long... values) {
    return set(attribute, cudnnBackendAttributeType.CUDNN_TYPE_INT64, values);
  }

  BackendDescriptor addresses(int attribute, long... values) {
    return set(attribute, cudnnBackendAttributeType.CUDNN_TYPE_VOID_PTR, values);
  }

  BackendDescriptor library(int attribute, Library library) {
    return set(attribute, cudnnBackendAttributeType.CUDNN_TYPE_HANDLE, library.address());
  }

  BackendDescriptor descriptors(int attribute, BackendDescriptor... values) {
    return set(
        attribute,
        cudnnBackendAttributeType.CUDNN_TYPE_BACKEND_DESCRIPTOR,
        Arrays.stream(values).mapToLong(value -> value.handle.address()).toArray());
  }

  private BackendDescriptor set(int attribute, int type, long... values) {
    try (Arena arena = Arena.ofConfined()) {
      return set(attribute, type, values.length, arena.allocateFrom(ValueLayout.JAVA_LONG, values));
    }
  }

  BackendDescriptor constant(int attribute, int type, int value) {
    try (Arena arena = Arena.ofConfined()) {
      return set(attribute, type, 1, arena.allocateFrom(ValueLayout.JAVA_INT, value));
    }
  }

  BackendDescriptor number(int attribute, float value) {
    try (Arena arena = Arena.ofConfined()) {
      return set(
          attribute,
          cudnnBackendAttributeType.CUDNN_TYPE_FLOAT,
          1,
          arena.allocateFrom(ValueLayout.JAVA_FLOAT, value));
    }
  }

  private BackendDescriptor set(int attribute, int type, long count, MemorySegment values) {
    NvidiaDnn.check(
        JCudnn.cudnnBackendSetAttribute(handle, attribute, type, count, Addresses.pointer(values)),
        "cudnnBackendSetAttribute",
        "attribute",
        attribute,
        "type",
        type,
        "count",
        count);
    return this;
  }

  /** No more is set; throws what cuDNN has against it. */
  BackendDescriptor finish() {
    NvidiaDnn.check(JCudnn.cudnnBackendFinalize(handle), "cudnnBackendFinalize");
    return this;
  }

  /** As {@link #finish}; false where cuDNN cannot do what the descriptor asks for. */
  boolean finishes() {
    return JCudnn.cudnnBackendFinalize(handle) == cudnnStatus.CUDNN_STATUS_SUCCESS;
  }

  long number(int attribute) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      get(attribute, cudnnBackendAttributeType.CUDNN_TYPE_INT64, 1, Addresses.pointer(value));
      return value.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** The constants of an attribute, at most so many. */
  List<Integer> constants(int attribute, int type, int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(ValueLayout.JAVA_INT, most);
      long count = Math.min(most, get(attribute, type, most, Addresses.pointer(values)));
      return Stream.iterate(0, i -> i < count, i -> i + 1)
          .map(i -> values.getAtIndex(ValueLayout.JAVA_INT, i))
          .toList();
    }
  }

  /** How many descriptors an attribute has, or a few more. */
  long count(int attribute) {
    return get(
        attribute, cudnnBackendAttributeType.CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, new Pointer());
  }

  /** Lets new descriptors be those of an attribute, from the first on; how many there were. */
  long fill(int attribute, List<BackendDescriptor> descriptors) {
    try (Arena arena = Arena.ofConfined()) {
      long[] handles = descriptors.stream().mapToLong(d -> d.handle.address()).toArray();
      return get(
          attribute,
          cudnnBackendAttributeType.CUDNN_TYPE_BACKEND_DESCRIPTOR,
          handles.length,
          Addresses.pointer(arena.allocateFrom(ValueLayout.JAVA_LONG, handles)));
    }
  }

  private long get(int attribute, int type, long most, Pointer to) {
    long[] count = new long[1];
    NvidiaDnn.check(
        JCudnn.cudnnBackendGetAttribute(handle, attribute, type, most, count, to),
        "cudnnBackendGetAttribute",
        "attribute",
        attribute,
        "type",
        type);
    return count[0];
  }

  /** Starts a finished plan. */
  int execute(cudnnHandle library, BackendDescriptor operands) {
    return JCudnn.cudnnBackendExecute(library, handle, operands.handle);
  }

  @Override
  public void close() {
    NvidiaDnn.check(JCudnn.cudnnBackendDestroyDescriptor(handle), "cudnnBackendDestroyDescriptor");
  }
}
