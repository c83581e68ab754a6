package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A dense block of device memory with an element type and a shape.
 *
 * <p>A tensor is a handle: identity, not content, is what equality means. Its memory belongs to a
 * {@link Scope} (or, for a view, to the scope of the tensor viewed); once that scope is left every
 * access is an error that names the tensor, never a read of recycled memory.
 */
public final class Tensor {
  private final TensorType type;
  private final Allocation allocation;
  private final MemorySegment memory;
  private @Nullable String name;

  Tensor(TensorType type, Allocation allocation, long byteOffset) {
    this.type = type;
    this.allocation = allocation;
    this.memory = allocation.memory().asSlice(byteOffset, type.bytes());
  }

  /**
   * A tensor over part of this one's memory; it lives as long as this one does.
   *
   * @param viewed type of the view
   * @param elementOffset its start, in elements of the view's type
   * @throws IllegalArgumentException if the view would reach past the end
   */
  public Tensor view(TensorType viewed, long elementOffset) {
    long from = elementOffset * viewed.dtype().bytes();
    if (from < 0 || from + viewed.bytes() > type.bytes()) {
      throw new IllegalArgumentException(
          "view: " + viewed + " at element " + elementOffset + " reaches past the end of " + this);
    }
    long start = memory.address() - allocation.memory().address();
    return new Tensor(viewed, allocation, start + from);
  }

  /** Gives the tensor a name for messages, for instance a parameter's key. */
  public Tensor named(String label) {
    this.name = label;
    return this;
  }

  /** The name given by {@link #named}, if any. */
  public @Nullable String name() {
    return name;
  }

  /** Element type and shape. */
  public TensorType type() {
    return type;
  }

  /** Element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** Extents. */
  public Shape shape() {
    return type.shape();
  }

  /** Extent of dimension {@code i}; negative counts from the last. */
  public int dim(int i) {
    return type.shape().dim(i);
  }

  /** Number of elements. */
  public long elements() {
    return type.shape().elements();
  }

  /**
   * The memory, in the order that {@link Shape} fixes. On a host device its content is accessible;
   * on another the segment only carries the address and the length.
   *
   * @throws IllegalStateException if the scope that owned the memory has been left, or the device
   *     closed
   */
  public MemorySegment memory() {
    if (!allocation.isLive()) {
      throw new IllegalStateException(
          "tensor "
              + this
              + " is used after its scope was left or its device closed; keep it in a longer-lived"
              + " scope");
    }
    return memory;
  }

  /** Whether the memory still belongs to this tensor. */
  public boolean isLive() {
    return allocation.isLive();
  }

  /**
   * Declares that the content stays as it is until the memory ends: devices refuse to write to it
   * from now on, through any tensor over this memory, and may keep what they {@linkplain #derived
   * derive} from it.
   */
  public Tensor freeze() {
    memory();
    allocation.freeze();
    return this;
  }

  /** Whether {@link #freeze} was called for this memory. */
  public boolean isFrozen() {
    return allocation.derived() != null;
  }

  /**
   * What a device has derived from the content of this frozen tensor alone. It is made at the first
   * request, in the scope that the maker is given; it counts as memory in use, and ends with the
   * memory of this tensor.
   *
   * @param what key of what is derived; compared by {@code equals}
   * @param maker makes it in a scope that lives as long as this tensor's memory
   * @throws IllegalStateException if this tensor is not frozen
   */
  public Tensor derived(Object what, Function<Scope, Tensor> maker) {
    Derived kept = allocation.derived();
    if (kept == null) {
      throw new IllegalStateException(
          "tensor "
              + this
              + " is not frozen: what is derived from it would not follow its content");
    }
    long offset = memory().address() - allocation.memory().address();
    return kept.get(offset, type, what, maker);
  }

  /**
   * Requires that the content may change.
   *
   * @param writer who is about to write, for the message
   * @throws IllegalStateException if this tensor is frozen
   */
  public void requireWritable(String writer) {
    if (isFrozen()) {
      throw new IllegalStateException(
          writer
              + ": tensor "
              + this
              + " is frozen and cannot be written to; change the model that it was copied from, and"
              + " freeze that anew");
    }
  }

  Allocation allocation() {
    return allocation;
  }

  /** For instance {@code conv1.weight F32(64, 3, 7, 7)}. */
  @Override
  public String toString() {
    return name == null ? type.toString() : name + " " + type;
  }
}
