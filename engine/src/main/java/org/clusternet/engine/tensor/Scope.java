package org.clusternet.engine.tensor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lifetime of tensors, for try-with-resources: leaving the scope returns the memory of every
 * tensor allocated in it to the pool, at once. The garbage collector frees nothing.
 *
 * <p>A scope belongs to one thread.
 */
public final class Scope implements AutoCloseable {
  private final MemoryPool pool;
  private final Set<Allocation> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  /** A scope whose memory comes from {@code pool}. */
  public Scope(MemoryPool pool) {
    this.pool = pool;
  }

  /**
   * A tensor of undefined content (NaN where poisoning is on) that lives until this scope is left.
   */
  public Tensor allocate(TensorType type) {
    if (closed) {
      throw new IllegalStateException("allocate " + type + ": the scope has been left");
    }
    Allocation allocation = pool.acquire(type.bytes());
    owned.add(allocation);
    return new Tensor(type, allocation, 0);
  }

  /**
   * Returns a tensor's memory before the scope is left; a tensor of another scope is left alone.
   */
  public void release(Tensor tensor) {
    if (owned.remove(tensor.allocation())) {
      pool.release(tensor.allocation());
    }
  }

  /** Whether leaving this scope ends the tensor. */
  public boolean owns(Tensor tensor) {
    return owned.contains(tensor.allocation());
  }

  /** Hands a tensor's lifetime over to another scope of the same pool. */
  public Tensor moveTo(Scope other, Tensor tensor) {
    if (other.pool != pool) {
      throw new IllegalArgumentException("move of " + tensor + ": the scopes have different pools");
    }
    if (owned.remove(tensor.allocation())) {
      other.owned.add(tensor.allocation());
    }
    return tensor;
  }

  @Override
  public void close() {
    closed = true;
    @Nullable RuntimeException failure = null;
    for (Allocation allocation : owned) {
      try {
        pool.release(allocation);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    owned.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
