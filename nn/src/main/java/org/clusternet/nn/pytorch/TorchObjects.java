package org.clusternet.nn.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.safetensors.StoredType;
import org.jspecify.annotations.Nullable;

/**
 * What the names of the allow-list build from their arguments: dictionaries, and tensors as
 * descriptions of views of storages. Everything is checked here, before memory is allocated: a view
 * lies within its storage.
 */
final class TorchObjects {
  private static final int MAX_RANK = 8;
  private static final int VIEW_FIELDS = 3;
  private static final int METADATA = 6;

  private TorchObjects() {}

  /** Something in a pickle that no state dict contains. */
  static final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    MisfitException(String what) {
      super(what);
    }
  }

  /** Calls a name of the list. */
  static Object call(TorchGlobal what, List<@Nullable Object> args) throws MisfitException {
    return switch (what) {
      case ORDERED_DICT -> orderedDict(args);
      case SIZE -> new Tuple(new ArrayList<>(tuple("sizes", argument(args, 0)).items()));
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> tensor(args);
      case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE -> parameter(args);
      case REBUILD_FROM_TYPE -> withAttributes(args);
      case DEFAULT_DICT, COUNTER -> new LinkedHashMap<>();
      default -> throw new MisfitException(what + " is called; a state dict only names it");
    };
  }

  private static @Nullable Object argument(List<@Nullable Object> args, int index)
      throws MisfitException {
    if (index >= args.size()) {
      throw new MisfitException("arguments=" + args.size() + "; more are needed");
    }
    return args.get(index);
  }

  /** No arguments, or as Python 2 wrote it: one list of [key, value]. */
  private static Map<Object, @Nullable Object> orderedDict(List<@Nullable Object> args)
      throws MisfitException {
    Map<Object, @Nullable Object> dict = new LinkedHashMap<>();
    if (args.isEmpty()) {
      return dict;
    }
    if (!(args.get(0) instanceof List<?> pairs)) {
      throw new MisfitException("OrderedDict of an argument that is not a list");
    }
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> two) || two.size() != 2) {
        throw new MisfitException("OrderedDict of a list whose elements are not pairs");
      }
      put(dict, two.get(0), two.get(1));
    }
    return dict;
  }

  /**
   * Sets an item. Items under other keys than strings and integers are left out, as no state dict
   * has them: hashing a container could go as deep as the file likes.
   */
  static void put(
      Map<Object, @Nullable Object> dict, @Nullable Object key, @Nullable Object value) {
    if (key instanceof String || key instanceof Long) {
      dict.put(key, value);
    }
  }

  private static Storage.Tensor parameter(List<@Nullable Object> args) throws MisfitException {
    if (argument(args, 0) instanceof Storage.Tensor tensor) {
      return tensor;
    }
    throw new MisfitException("a parameter is made of " + kind(args.get(0)) + ", not of a tensor");
  }

  /** A tensor with attributes of Python: (what makes it, its class, arguments, attributes). */
  private static Object withAttributes(List<@Nullable Object> args) throws MisfitException {
    if (argument(args, 0) instanceof TorchGlobal maker && maker != TorchGlobal.REBUILD_FROM_TYPE) {
      return call(maker, tuple("arguments", argument(args, 2)).items());
    }
    throw new MisfitException("a tensor is made by " + kind(args.get(0)));
  }

  /**
   * (storage, offset, size, stride, requires_grad, hooks[, metadata]). The metadata of a view that
   * is to be negated or conjugated change its numbers.
   */
  private static Storage.Tensor tensor(List<@Nullable Object> args) throws MisfitException {
    if (!(argument(args, 0) instanceof Storage storage)) {
      throw new MisfitException("a tensor is made of " + kind(args.get(0)) + ", not of a storage");
    }
    long offset = number("storage_offset", argument(args, 1));
    List<Long> size = numbers("size", argument(args, 2));
    List<Long> stride = numbers("stride", argument(args, 3));
    if (size.size() != stride.size() || size.size() > MAX_RANK) {
      throw new MisfitException(
          "size=%s stride=%s; both need the same number of dimensions, at most %d"
              .formatted(size, stride, MAX_RANK));
    }
    requireWithin(storage, offset, size, stride);
    if (args.size() > METADATA && args.get(METADATA) instanceof Map<?, ?> metadata) {
      requirePlain(metadata);
    }
    return new Storage.Tensor(storage, offset, size, stride);
  }

  private static void requirePlain(Map<?, ?> metadata) throws MisfitException {
    for (String key : List.of("neg", "conj")) {
      if (Boolean.TRUE.equals(metadata.get(key))) {
        throw new MisfitException(
            "a tensor is a view with %s=True; save it after resolve_%s()".formatted(key, key));
      }
    }
  }

  private static void requireWithin(
      Storage storage, long offset, List<Long> size, List<Long> stride) throws MisfitException {
    long count = 1;
    long last = offset;
    boolean fits;
    try {
      for (int d = 0; d < size.size(); d++) {
        count = Math.multiplyExact(count, size.get(d));
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, size.get(d) - 1), stride.get(d)));
      }
      fits = count == 0 || (last < storage.elements() && count <= Integer.MAX_VALUE);
    } catch (ArithmeticException e) {
      fits = false;
    }
    if (!fits) {
      throw new MisfitException(
          "size=%s stride=%s storage_offset=%d does not fit storage %s of %d elements"
              .formatted(size, stride, offset, storage.key(), storage.elements()));
    }
  }

  /**
   * The storage that a persistent id refers to.
   *
   * @param whole the whole block of numbers
   * @param view the part of it that tensors are views of; in the zip format always the whole block
   */
  record Reference(Storage whole, Storage view) {}

  /** ('storage', class, key, location, elements[, None or (view key, offset, elements)]). */
  static Reference storage(@Nullable Object id) throws MisfitException {
    List<@Nullable Object> items = tuple("a persistent id", id).items();
    if (!"storage".equals(argument(items, 0))) {
      throw new MisfitException("a persistent id of something other than a storage");
    }
    StoredType type = argument(items, 1) instanceof TorchGlobal global ? global.storage() : null;
    if (type == null) {
      throw new MisfitException("a storage of " + kind(items.get(1)));
    }
    if (!(argument(items, 2) instanceof String key)) {
      throw new MisfitException("a storage whose key is " + kind(items.get(2)));
    }
    long elements = number("number of elements", argument(items, 4));
    if (elements > Integer.MAX_VALUE / type.bytes() - Long.BYTES) {
      throw new MisfitException("storage %s of %d elements is too large".formatted(key, elements));
    }
    Storage whole = new Storage(key, type, 0, elements);
    if (items.size() > 5 && items.get(5) != null) {
      return new Reference(whole, view(whole, tuple("a view", items.get(5)).items()));
    }
    return new Reference(whole, whole);
  }

  private static Storage view(Storage whole, List<@Nullable Object> fields) throws MisfitException {
    if (fields.size() != VIEW_FIELDS) {
      throw new MisfitException("a view of " + fields.size() + " fields; three are needed");
    }
    long begin = number("view offset", fields.get(1));
    long elements = number("view size", fields.get(2));
    if (begin > whole.elements() || elements > whole.elements() - begin) {
      throw new MisfitException(
          "view offset=%d size=%d does not fit storage %s of %d elements"
              .formatted(begin, elements, whole.key(), whole.elements()));
    }
    return new Storage(whole.key(), whole.type(), begin, elements);
  }

  private static Tuple tuple(String name, @Nullable Object value) throws MisfitException {
    if (value instanceof Tuple tuple) {
      return tuple;
    }
    throw new MisfitException(name + " is " + kind(value) + "; it must be a tuple");
  }

  private static List<Long> numbers(String name, @Nullable Object value) throws MisfitException {
    List<Long> numbers = new ArrayList<>();
    for (Object item : tuple(name, value).items()) {
      numbers.add(number(name, item));
    }
    return List.copyOf(numbers);
  }

  private static long number(String name, @Nullable Object value) throws MisfitException {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new MisfitException(
        name
            + " is "
            + (value instanceof Long ? value : kind(value))
            + "; it must be a number of at least 0");
  }

  /** The kind of a value, for messages; not its content, which may be nested without limit. */
  static String kind(@Nullable Object value) {
    if (value instanceof Storage.Tensor) {
      return "a tensor";
    }
    if (value instanceof Map) {
      return "a dictionary";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof TorchGlobal) {
      return value.toString();
    }
    if (value instanceof Foreign) {
      return "an object of " + value;
    }
    return value == null ? "None" : "a " + value.getClass().getSimpleName();
  }
}
