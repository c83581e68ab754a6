package org.clusternet.nn.pytorch;

import static org.clusternet.nn.pytorch.TorchObjects.kind;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;

/**
 * Reads a pickle as far as a state dict needs it: the opcodes that {@code torch.save} writes in
 * protocols 2 to 4 (Python's pickletools lists them), and the names of {@link TorchGlobal}.
 * Anything else is refused by name; nothing is looked up, loaded or called.
 *
 * <p>net.razorvine:pickle 1.5 was considered. It has no allow-list (every unknown class becomes a
 * dictionary, and a registry common to the whole JVM adds constructors), its BUILD looks for a
 * method by reflection, and it allocates whatever length a file declares before reading; each of
 * these is private to it. Holding it to a state dict would override more opcodes than there are
 * here.
 *
 * <p>No opcode recurses, lengths are held against what is left of the file before memory is taken,
 * and the length of a pickle is limited, so that what it can make is limited too.
 */
final class PickleReader {
  /** The longest pickle: that of a ResNet-18 has 15 kB. */
  static final int MAX_BYTES = 1 << 22;

  private static final int MAX_INTEGER_BYTES = 16;
  private static final int NEWEST_PROTOCOL = 4;
  private static final Object NOTHING = new Object();

  private final Path file;
  private final ByteBuffer in;
  private final StorageList storages;
  private final int begin;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * A reader of one pickle.
   *
   * @param file names it in errors
   * @param bytes the pickle from their position on; more may follow
   * @param storages notes the blocks of numbers that the pickle refers to
   */
  PickleReader(Path file, ByteBuffer bytes, StorageList storages) {
    this.file = file;
    this.storages = storages;
    this.in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.begin = bytes.position();
  }

  /** Reads to the end of the pickle, where the position of the bytes then is. */
  Object read() throws PthException {
    try {
      while (true) {
        int at = in.position();
        if (at - begin >= MAX_BYTES) {
          throw new MisfitException("the pickle is longer than " + MAX_BYTES + " bytes");
        }
        Object result = opcode(need(1).get() & 0xFF);
        if (result != NOTHING) {
          return result;
        }
      }
    } catch (MisfitException e) {
      throw new PthException(
          file,
          "pickle, byte %d: %s; only state dicts of tensors are read"
              .formatted(in.position() - begin, e.getMessage()),
          e);
    }
  }

  private Object opcode(int code) throws MisfitException {
    switch (code) {
      case '.' -> {
        return pop();
      }
      case 0x80 -> protocol(unsigned(1));
      case 0x95 -> need(Long.BYTES).getLong();
      case '(' -> marks.push(stack.size());
      case 'N' -> push(null);
      case 0x88, 0x89 -> push(code == 0x88);
      case 'K' -> push(unsigned(1));
      case 'M' -> push(unsigned(2));
      case 'J' -> push((long) need(Integer.BYTES).getInt());
      case 0x8a -> push(integer(unsigned(1)));
      case 'G' -> push(bigEndianDouble());
      case 'X', 'T' -> push(text(unsigned(Integer.BYTES)));
      case 0x8c, 'U' -> push(text(unsigned(1)));
      case 'q' -> memo.put((int) unsigned(1), top());
      case 'r' -> memo.put((int) unsigned(Integer.BYTES), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> push(remembered((int) unsigned(1)));
      case 'j' -> push(remembered((int) unsigned(Integer.BYTES)));
      default -> container(code);
    }
    return NOTHING;
  }

  private void container(int code) throws MisfitException {
    switch (code) {
      case '}' -> push(new LinkedHashMap<>());
      case ']' -> push(new ArrayList<>());
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> push(tuple(stack.size() - 1));
      case 0x86 -> push(tuple(stack.size() - 2));
      case 0x87 -> push(tuple(stack.size() - 3));
      case 't' -> push(tuple(mark()));
      case 's' -> setItems(stack.size() - 2);
      case 'u' -> setItems(mark());
      case 'a' -> append(stack.size() - 1);
      case 'e' -> append(mark());
      case 'c' -> push(global(line(), line()));
      case 0x93 -> stackGlobal();
      case 'R' -> reduce();
      case 'b' -> build();
      case 'Q' -> push(storages.resolve(pop()));
      default -> throw new MisfitException("opcode 0x%02x is refused".formatted(code));
    }
  }

  private void protocol(long number) throws MisfitException {
    if (number > NEWEST_PROTOCOL) {
      throw new MisfitException(
          "protocol=" + number + "; the newest that is read is " + NEWEST_PROTOCOL);
    }
  }

  // Bytes.

  private ByteBuffer need(long bytes) throws MisfitException {
    if (bytes > in.remaining()) {
      throw new MisfitException(
          "%d bytes are announced and %d are left; the file is truncated or damaged"
              .formatted(bytes, in.remaining()));
    }
    return in;
  }

  private long unsigned(int bytes) throws MisfitException {
    need(bytes);
    return switch (bytes) {
      case 1 -> in.get() & 0xFFL;
      case 2 -> in.getShort() & 0xFFFFL;
      default -> in.getInt() & 0xFFFF_FFFFL;
    };
  }

  private String text(long length) throws MisfitException {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws MisfitException {
    StringBuilder line = new StringBuilder();
    for (char c = next(); c != '\n'; c = next()) {
      line.append(c);
    }
    return line.toString();
  }

  private char next() throws MisfitException {
    return (char) (need(1).get() & 0xFF);
  }

  private double bigEndianDouble() throws MisfitException {
    return Double.longBitsToDouble(Long.reverseBytes(need(Long.BYTES).getLong()));
  }

  /** Two's complement, little-endian: a Long where it fits. */
  private Object integer(long length) throws MisfitException {
    if (length > MAX_INTEGER_BYTES) {
      throw new MisfitException("an integer of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    need(length).get(bytes);
    byte[] reversed = new byte[bytes.length + 1];
    for (int i = 0; i < bytes.length; i++) {
      reversed[reversed.length - 1 - i] = bytes[i];
    }
    reversed[0] = (byte) (bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(reversed);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  // The stack.

  private void push(Object value) {
    stack.add(value);
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }

  private Object top() throws MisfitException {
    if (stack.size() <= floor()) {
      throw new MisfitException("the stack is empty; the file is damaged");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws MisfitException {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private int mark() throws MisfitException {
    if (marks.isEmpty()) {
      throw new MisfitException("a mark is missing; the file is damaged");
    }
    return marks.pop();
  }

  /** Takes all from an index on off the stack. */
  private List<Object> take(int from) throws MisfitException {
    if (from < floor()) {
      throw new MisfitException("the stack is empty; the file is damaged");
    }
    List<Object> above = stack.subList(from, stack.size());
    List<Object> taken = new ArrayList<>(above);
    above.clear();
    return taken;
  }

  private Object remembered(int index) throws MisfitException {
    if (!memo.containsKey(index)) {
      throw new MisfitException("memo=" + index + " is read before it is written");
    }
    return memo.get(index);
  }

  // Objects.

  private Tuple tuple(int from) throws MisfitException {
    return new Tuple(Collections.unmodifiableList(take(from)));
  }

  @SuppressWarnings("unchecked") // dictionaries are made here and by TorchObjects, as such
  private Map<Object, Object> dictionary() throws MisfitException {
    if (top() instanceof LinkedHashMap<?, ?> dict) {
      return (Map<Object, Object>) dict;
    }
    throw new MisfitException("an item is set in " + kind(top()));
  }

  private void setItems(int from) throws MisfitException {
    List<Object> items = take(from);
    if (items.size() % 2 != 0) {
      throw new MisfitException("a key without a value");
    }
    Map<Object, Object> dict = dictionary();
    for (int i = 0; i < items.size(); i += 2) {
      TorchObjects.put(dict, items.get(i), items.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked") // lists are made here, as such
  private void append(int from) throws MisfitException {
    List<Object> items = take(from);
    if (!(top() instanceof ArrayList<?> list)) {
      throw new MisfitException("an element is added to " + kind(top()));
    }
    ((List<Object>) list).addAll(items);
  }

  private static TorchGlobal global(String module, String name) throws MisfitException {
    TorchGlobal global = TorchGlobal.of(module, name);
    if (global == null) {
      throw new MisfitException("the file asks for " + module + "." + name + ", which is refused");
    }
    return global;
  }

  private void stackGlobal() throws MisfitException {
    List<Object> names = take(stack.size() - 2);
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw new MisfitException("a name is " + kind(names.get(0)));
    }
    push(global(module, name));
  }

  private void reduce() throws MisfitException {
    Object args = pop();
    Object callable = pop();
    if (!(args instanceof Tuple tuple) || !(callable instanceof TorchGlobal global)) {
      throw new MisfitException(kind(callable) + " is called with " + kind(args));
    }
    push(TorchObjects.call(global, tuple.items()));
  }

  /** Attributes of a dictionary, such as the versions of the modules, are of no use here. */
  private void build() throws MisfitException {
    Object state = pop();
    if (!(state instanceof Map) || !(top() instanceof LinkedHashMap)) {
      throw new MisfitException("attributes are set on " + kind(top()));
    }
  }
}
