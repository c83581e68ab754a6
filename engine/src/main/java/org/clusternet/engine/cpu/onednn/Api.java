package org.clusternet.engine.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.clusternet.engine.cpu.foreign.NativeCalls;

/**
 * The C functions, one field each, named as in {@code dnnl.h} without the prefix. Every function
 * that returns a status is called through {@link #check} or {@link #create}.
 */
final class Api {
  private static final String[] STATUS = {
    "success", "out of memory", "invalid arguments", "unimplemented", "last implementation",
    "runtime error", "not required", "invalid graph", "invalid graph op", "invalid shape",
    "invalid data type"
  };
  private static final Linker LINKER = Linker.nativeLinker();

  private final SymbolLookup dnnl;

  final MethodHandle engineCreate;
  final MethodHandle streamCreate;
  final MethodHandle memoryDescCreateWithTag;
  final MethodHandle memoryDescCreateWithStrides;
  final MethodHandle memoryDescDestroy;
  final MethodHandle memoryDescGetSize;
  final MethodHandle memoryDescEqual;
  final MethodHandle memoryCreate;
  final MethodHandle memorySetDataHandle;
  final MethodHandle attrCreate;
  final MethodHandle attrDestroy;
  final MethodHandle attrSetScratchpadMode;
  final MethodHandle attrSetPostOps;
  final MethodHandle postOpsCreate;
  final MethodHandle postOpsAppendEltwise;
  final MethodHandle postOpsAppendSum;
  final MethodHandle postOpsAppendBinary;
  final MethodHandle postOpsDestroy;
  final MethodHandle primitiveDescQueryMd;
  final MethodHandle primitiveDescQuery;
  final MethodHandle primitiveDescDestroy;
  final MethodHandle primitiveCreate;
  final MethodHandle primitiveExecute;
  final MethodHandle convolutionForward;
  final MethodHandle convolutionBackwardData;
  final MethodHandle convolutionBackwardWeights;
  final MethodHandle batchNormalizationForward;
  final MethodHandle batchNormalizationBackward;
  final MethodHandle poolingForward;
  final MethodHandle poolingBackward;
  final MethodHandle eltwiseForward;
  final MethodHandle eltwiseBackward;
  final MethodHandle binary;
  final MethodHandle matmul;
  final MethodHandle reorder;
  final MethodHandle setNumThreads;

  Api(NativeLibrary library) {
    this.dnnl = library.dnnl();
    engineCreate = status("engine_create", ADDRESS, JAVA_INT, JAVA_LONG);
    streamCreate = status("stream_create", ADDRESS, ADDRESS, JAVA_INT);
    memoryDescCreateWithTag =
        status("memory_desc_create_with_tag", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    memoryDescCreateWithStrides =
        status("memory_desc_create_with_strides", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    memoryDescDestroy = status("memory_desc_destroy", ADDRESS);
    memoryDescGetSize = function("memory_desc_get_size", JAVA_LONG, ADDRESS);
    memoryDescEqual = function("memory_desc_equal", JAVA_INT, ADDRESS, ADDRESS);
    memoryCreate = status("memory_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    memorySetDataHandle = status("memory_set_data_handle", ADDRESS, ADDRESS);
    attrCreate = status("primitive_attr_create", ADDRESS);
    attrDestroy = status("primitive_attr_destroy", ADDRESS);
    attrSetScratchpadMode = status("primitive_attr_set_scratchpad_mode", ADDRESS, JAVA_INT);
    attrSetPostOps = status("primitive_attr_set_post_ops", ADDRESS, ADDRESS);
    postOpsCreate = status("post_ops_create", ADDRESS);
    postOpsAppendEltwise =
        status("post_ops_append_eltwise", ADDRESS, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT);
    postOpsAppendSum = status("post_ops_append_sum", ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT);
    postOpsAppendBinary = status("post_ops_append_binary", ADDRESS, JAVA_INT, ADDRESS);
    postOpsDestroy = status("post_ops_destroy", ADDRESS);
    primitiveDescQueryMd =
        function("primitive_desc_query_md", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
    primitiveDescQuery = status("primitive_desc_query", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    primitiveDescDestroy = status("primitive_desc_destroy", ADDRESS);
    primitiveCreate = status("primitive_create", ADDRESS, ADDRESS);
    primitiveExecute = status("primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    convolutionForward = describe("convolution_forward", "iiaaaaaaaaa");
    convolutionBackwardData = describe("convolution_backward_data", "iaaaaaaaaa");
    convolutionBackwardWeights = describe("convolution_backward_weights", "iaaaaaaaaaa");
    batchNormalizationForward = describe("batch_normalization_forward", "iaafia");
    batchNormalizationBackward = describe("batch_normalization_backward", "iaaafiaa");
    poolingForward = describe("pooling_forward", "iiaaaaaaaa");
    poolingBackward = describe("pooling_backward", "iaaaaaaaaa");
    eltwiseForward = describe("eltwise_forward", "iiaaffa");
    eltwiseBackward = describe("eltwise_backward", "iaaaffaa");
    binary = describe("binary", "iaaaa");
    matmul = describe("matmul", "aaaaa");
    reorder =
        status(
            "reorder_primitive_desc_create", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    setNumThreads =
        LINKER.downcallHandle(
            library.openMp().findOrThrow("omp_set_num_threads"),
            FunctionDescriptor.ofVoid(JAVA_INT));
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        dnnl.findOrThrow("dnnl_" + name), FunctionDescriptor.of(result, arguments));
  }

  private MethodHandle status(String name, MemoryLayout... arguments) {
    return function(name, JAVA_INT, arguments);
  }

  /** A {@code ..._primitive_desc_create}: out pointer, engine, then the arguments by letter. */
  private MethodHandle describe(String kind, String letters) {
    MemoryLayout[] arguments = new MemoryLayout[letters.length() + 2];
    arguments[0] = ADDRESS;
    arguments[1] = ADDRESS;
    for (int i = 0; i < letters.length(); i++) {
      arguments[i + 2] = layout(letters.charAt(i));
    }
    return status(kind + "_primitive_desc_create", arguments);
  }

  private static ValueLayout layout(char letter) {
    return switch (letter) {
      case 'i' -> JAVA_INT;
      case 'f' -> JAVA_FLOAT;
      case 'a' -> ADDRESS;
      default -> throw new IllegalArgumentException("letter=" + letter);
    };
  }

  /** A native call that returns a status. */
  @FunctionalInterface
  interface Call {
    int invoke() throws Throwable;
  }

  /** A native call that returns a status and writes a handle. */
  @FunctionalInterface
  interface Creation {
    int invoke(MemorySegment out) throws Throwable;
  }

  /** Calls; {@code what} is put into words only if that fails. */
  static void check(Object what, Call call) {
    try {
      fail(what, call.invoke());
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  /** Calls and gives the handle; {@code what} is put into words only if that fails. */
  static MemorySegment create(Object what, Creation creation) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      fail(what, creation.invoke(out));
      return out.get(ADDRESS, 0);
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  private static void fail(Object what, int status) {
    if (status != 0) {
      String text = status < STATUS.length ? STATUS[status] : "unknown";
      String remedy = status == 3 ? "; this processor or type is not supported: use fp32" : "";
      throw new UnsupportedOperationException(
          "oneDNN: " + what + ": " + text + " (status=" + status + ")" + remedy);
    }
  }
}
