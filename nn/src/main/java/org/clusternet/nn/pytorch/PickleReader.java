package org.clusternet.nn.pytorch;

import static org.clusternet.nn.pytorch.TorchObjects.kind;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pickle as far as a state dict needs it: the opcodes that {@code torch.save} writes in
 * protocols 2 to 5 (Python's pickletools lists them), and the names of {@link TorchGlobal}. Other
 * names are kept as such ({@link Foreign}); nothing is looked up, loaded or called.
 *
 * <p>net.razorvine:pickle 1.5 was considered. It has no allow-list (every unknown class becomes a
 * dictionary, and a registry common to the whole JVM adds constructors), its BUILD looks for a
 * method by reflection, and it allocates whatever length a file declares before reading; each of
 * these is private to it. Restricting it to a state dict would override more opcodes than there are
 * here.
 *
 * <p>No opcode recurses, and lengths are checked before memory is allocated ({@link PickleBytes}).
 * As the length of a pickle is limited, so is what it can create.
 */
final class PickleReader {
  private static final int NEWEST_PROTOCOL = 5;
  private static final int STOP = '.';

  private final Path file;
  private final PickleBytes in;
  private final StorageList storages;
  private final PickleStack stack = new PickleStack();

  /**
   * A reader of one pickle.
   *
   * @param file name of the file in errors
   * @param bytes buffer whose position is the beginning of the pickle; more may follow it
   * @param storages list to which the storages are added that the pickle refers to
   */
  PickleReader(Path file, ByteBuffer bytes, StorageList storages) {
    this.file = file;
    this.in = new PickleBytes(bytes);
    this.storages = storages;
  }

  /**
   * Reads the pickle and leaves the position of the buffer behind it.
   *
   * @return the object, null for None
   * @throws PthException if it is damaged or no part of a state dict
   */
  @Nullable Object read() throws PthException {
    try {
      for (int code = in.opcode(); code != STOP; code = in.opcode()) {
        run(code);
      }
      return stack.pop();
    } catch (MisfitException e) {
      throw new PthException(
          file,
          "pickle, byte %d: %s; only state dicts of tensors are read"
              .formatted(in.position(), e.getMessage()),
          e);
    }
  }

  private void run(int code) throws MisfitException {
    switch (code) {
      case 0x80 -> requireProtocol(in.unsigned(1));
      case 0x95 -> in.skipFrameLength();
      case '(' -> stack.mark();
      case 'N' -> stack.push(null);
      case 0x88, 0x89 -> stack.push(code == 0x88);
      case 'K' -> stack.push(in.unsigned(1));
      case 'M' -> stack.push(in.unsigned(2));
      case 'J' -> stack.push(in.signedInt());
      case 0x8a -> stack.push(in.integer(in.unsigned(1)));
      case 'G' -> stack.push(in.bigEndianDouble());
      case 0x8b -> stack.push(in.integer(in.unsigned(Integer.BYTES)));
      case 'X', 'T' -> stack.push(in.text(in.unsigned(Integer.BYTES)));
      case 0x8d -> stack.push(in.text(in.length()));
      case 0x8c, 'U' -> stack.push(in.text(in.unsigned(1)));
      case 'C' -> pushBytes(in.unsigned(1));
      case 'B' -> pushBytes(in.unsigned(Integer.BYTES));
      case 0x8e, 0x96 -> pushBytes(in.length());
      case 'q' -> stack.memoize((int) in.unsigned(1));
      case 'r' -> stack.memoize((int) in.unsigned(Integer.BYTES));
      case 0x94 -> stack.memoize();
      case 'h' -> stack.recall((int) in.unsigned(1));
      case 'j' -> stack.recall((int) in.unsigned(Integer.BYTES));
      default -> build(code);
    }
  }

  private void build(int code) throws MisfitException {
    switch (code) {
      case '}' -> stack.push(new LinkedHashMap<>());
      case ']' -> stack.push(new ArrayList<>());
      case ')' -> stack.push(new Tuple(List.of()));
      case 0x85 -> pushTuple(stack.take(1));
      case 0x86 -> pushTuple(stack.take(2));
      case 0x87 -> pushTuple(stack.take(3));
      case 't' -> pushTuple(stack.takeToMark());
      case 's' -> setItems(stack.take(2));
      case 'u' -> setItems(stack.takeToMark());
      case 'a' -> append(stack.take(1));
      case 'e' -> append(stack.takeToMark());
      case 'c' -> stack.push(global(in.line(), in.line()));
      case 0x93 -> pushGlobal();
      case 'R' -> reduce();
      case 0x81 -> newObject(2);
      case 0x92 -> newObject(3);
      case 0x8f -> stack.push(Foreign.SET);
      case 0x90 -> append(stack.takeToMark());
      case 0x91 -> pushFrozenSet();
      case 'b' -> setAttributes();
      case 'Q' -> stack.push(persistent(stack.pop()));
      default -> throw new MisfitException("opcode 0x%02x is refused".formatted(code));
    }
  }

  private static void requireProtocol(long number) throws MisfitException {
    if (number > NEWEST_PROTOCOL) {
      throw new MisfitException(
          "protocol=" + number + "; the newest that is read is " + NEWEST_PROTOCOL);
    }
  }

  private void pushTuple(List<@Nullable Object> items) {
    stack.push(new Tuple(Collections.unmodifiableList(items)));
  }

  @SuppressWarnings("unchecked") // dictionaries are created here and by TorchObjects, as such
  private void setItems(List<@Nullable Object> items) throws MisfitException {
    if (items.size() % 2 != 0) {
      throw new MisfitException("a key without a value");
    }
    Object target = stack.top();
    if (target instanceof Foreign) {
      return;
    }
    if (!(target instanceof LinkedHashMap<?, ?> dict)) {
      throw new MisfitException("an item is set in " + kind(target));
    }
    for (int i = 0; i < items.size(); i += 2) {
      TorchObjects.put((Map<Object, @Nullable Object>) dict, items.get(i), items.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked") // lists are created here, as such
  private void append(List<@Nullable Object> items) throws MisfitException {
    Object target = stack.top();
    if (target instanceof Foreign) {
      return;
    }
    if (!(target instanceof ArrayList<?> list)) {
      throw new MisfitException("an element is added to " + kind(target));
    }
    ((List<@Nullable Object>) list).addAll(items);
  }

  private static Object global(String module, String name) throws MisfitException {
    TorchGlobal global = TorchGlobal.of(module, name);
    return global == null ? Foreign.of(module, name) : global;
  }

  private void pushGlobal() throws MisfitException {
    List<@Nullable Object> names = stack.take(2);
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw new MisfitException(
          "a class is named by %s and %s; both must be strings"
              .formatted(kind(names.get(0)), kind(names.get(1))));
    }
    stack.push(global(module, name));
  }

  private void reduce() throws MisfitException {
    Object args = stack.pop();
    stack.push(made(stack.pop(), args));
  }

  /** NEWOBJ: a class, its positional arguments and, in NEWOBJ_EX, its named ones. */
  private void newObject(int operands) throws MisfitException {
    List<@Nullable Object> taken = stack.take(operands);
    stack.push(made(taken.get(0), taken.get(1)));
  }

  private static Object made(@Nullable Object callable, @Nullable Object args)
      throws MisfitException {
    if (args instanceof Tuple tuple && callable instanceof TorchGlobal global) {
      return TorchObjects.call(global, tuple.items());
    }
    if (args instanceof Tuple tuple && callable instanceof Foreign foreign) {
      return foreign.called(tuple.items());
    }
    throw new MisfitException(kind(callable) + " is called with " + kind(args));
  }

  /** A storage; or the class of a whole model with its source, as PyTorch below 1.6 saved it. */
  private Object persistent(@Nullable Object id) throws MisfitException {
    if (id instanceof Tuple tuple
        && tuple.items().size() > 1
        && tuple.items().get(1) instanceof Foreign type) {
      return type;
    }
    return storages.resolve(id);
  }

  private void pushFrozenSet() throws MisfitException {
    stack.takeToMark();
    stack.push(Foreign.SET);
  }

  private void pushBytes(long length) throws MisfitException {
    in.skip(length);
    stack.push(Foreign.BYTES);
  }

  /** Ignores the attributes of a dictionary, such as the versions of modules. */
  private void setAttributes() throws MisfitException {
    Object state = stack.pop();
    Object target = stack.top();
    boolean versions = state instanceof Map && target instanceof LinkedHashMap;
    if (!versions && !(target instanceof Foreign)) {
      throw new MisfitException("attributes are set on " + kind(target));
    }
  }
}
