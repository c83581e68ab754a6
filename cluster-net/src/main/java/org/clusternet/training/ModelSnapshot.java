package org.clusternet.training;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * Everything of a model that training changes, in host memory: with it and the position in the
 * epochs a run continues as if it had never been interrupted. Arrays are whole vectors in the order
 * of the device's memory, so that taking and restoring a snapshot is a plain copy, bit for bit.
 *
 * @param steps number of updates that the optimiser has made
 * @param arrays little-endian F32 arrays by name: {@code values} and {@code buffers} (running
 *     statistics), {@code adam.m} and {@code adam.v} (the optimiser's moments), and, where they
 *     differ from the first two, {@code best.values} and {@code best.buffers} of the best epoch
 */
public record ModelSnapshot(long steps, Map<String, MemorySegment> arrays) {}
