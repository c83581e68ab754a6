package org.clusternet.nn.pytorch;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.clusternet.nn.safetensors.StoredType;
import org.jspecify.annotations.Nullable;

/**
 * The Python names that mean something in a pickle of a state dict; all others are {@link Foreign}.
 * No name stands for code here; {@link TorchObjects} has what each builds from its arguments.
 */
enum TorchGlobal {
  ORDERED_DICT("collections.OrderedDict", null),
  SIZE("torch.Size", null),
  REBUILD_TENSOR("torch._utils._rebuild_tensor", null),
  REBUILD_TENSOR_V2("torch._utils._rebuild_tensor_v2", null),
  REBUILD_PARAMETER("torch._utils._rebuild_parameter", null),
  REBUILD_PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state", null),
  REBUILD_FROM_TYPE("torch._tensor._rebuild_from_type_v2", null),
  DEFAULT_DICT("collections.defaultdict", null),
  COUNTER("collections.Counter", null),
  DOUBLE_STORAGE("torch.DoubleStorage", StoredType.F64),
  FLOAT_STORAGE("torch.FloatStorage", StoredType.F32),
  HALF_STORAGE("torch.HalfStorage", StoredType.F16),
  BFLOAT16_STORAGE("torch.BFloat16Storage", StoredType.BF16),
  LONG_STORAGE("torch.LongStorage", StoredType.I64),
  INT_STORAGE("torch.IntStorage", StoredType.I32),
  SHORT_STORAGE("torch.ShortStorage", StoredType.I16),
  CHAR_STORAGE("torch.CharStorage", StoredType.I8),
  BYTE_STORAGE("torch.ByteStorage", StoredType.U8),
  BOOL_STORAGE("torch.BoolStorage", StoredType.BOOL);

  private static final Map<String, TorchGlobal> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(g -> g.python, Function.identity()));

  private final String python;
  private final @Nullable StoredType storage;

  TorchGlobal(String python, @Nullable StoredType storage) {
    this.python = python;
    this.storage = storage;
  }

  /** The entry of a Python name; null if it is not on the list. */
  static @Nullable TorchGlobal of(String module, String name) {
    return BY_NAME.get(module + "." + name);
  }

  /** The element type of a class of storages; null for any other entry. */
  @Nullable StoredType storage() {
    return storage;
  }

  /** The Python name. */
  @Override
  public String toString() {
    return python;
  }
}
