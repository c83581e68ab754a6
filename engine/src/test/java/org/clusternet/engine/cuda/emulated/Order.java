package org.clusternet.engine.cuda.emulated;

/**
 * When work that was started runs. Streams are ordered among themselves by events only, so each of
 * these is one that a real GPU may choose; code that lacks a wait goes wrong under at least one.
 */
public enum Order {
  /** Only when the host waits for it, and then only what it waits for. */
  LATE,
  /** On the stream that was made first at once, on all others as late as possible. */
  COMPUTE_FIRST,
  /** On the stream that was made first as late as possible, on all others at once. */
  COPIES_FIRST
}
