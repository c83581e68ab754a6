package org.clusternet.nn.pytorch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;
import org.jspecify.annotations.Nullable;

/**
 * The state of Python's pickle machine: the stack of objects, the marks that divide it, and the
 * memo. Null stands for Python's None.
 */
final class PickleStack {
  private final List<@Nullable Object> objects = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();

  void push(@Nullable Object value) {
    objects.add(value);
  }

  /** The topmost object above the last mark. */
  @Nullable Object top() throws MisfitException {
    if (objects.size() <= floor()) {
      throw empty();
    }
    return objects.get(objects.size() - 1);
  }

  @Nullable Object pop() throws MisfitException {
    Object value = top();
    objects.remove(objects.size() - 1);
    return value;
  }

  /** Removes the topmost {@code count} objects and returns them, the lowest first. */
  List<@Nullable Object> take(int count) throws MisfitException {
    return takeFrom(objects.size() - count);
  }

  void mark() {
    marks.push(objects.size());
  }

  /** Removes the last mark and the objects above it and returns these, the lowest first. */
  List<@Nullable Object> takeToMark() throws MisfitException {
    if (marks.isEmpty()) {
      throw new MisfitException("a mark is missing; the file is damaged");
    }
    return takeFrom(marks.pop());
  }

  private List<@Nullable Object> takeFrom(int from) throws MisfitException {
    if (from < floor()) {
      throw empty();
    }
    List<@Nullable Object> above = objects.subList(from, objects.size());
    List<@Nullable Object> taken = new ArrayList<>(above);
    above.clear();
    return taken;
  }

  /** Index of the first object above the last mark. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }

  private static MisfitException empty() {
    return new MisfitException("the stack is empty; the file is damaged");
  }

  /** Stores the topmost object in the memo under an index. */
  void memoize(int index) throws MisfitException {
    memo.put(index, top());
  }

  /** Stores the topmost object in the memo under the next index. */
  void memoize() throws MisfitException {
    memoize(memo.size());
  }

  /** Pushes the object that the memo has under an index. */
  void recall(int index) throws MisfitException {
    if (!memo.containsKey(index)) {
      throw new MisfitException("memo=" + index + " is read before it is written");
    }
    push(memo.get(index));
  }
}
