package org.clusternet.training;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * All of a model that training changes, in host memory: with it and the position in the epochs a
 * run goes on as if it had never ended. Arrays are whole vectors in the order of the device's
 * memory, so that taking and giving back a snapshot is a copy and loses no bit.
 *
 * @param steps that the optimiser has made
 * @param arrays little-endian F32 by name: {@code values} and {@code buffers} (running statistics),
 *     {@code adam.m} and {@code adam.v} (the optimiser's moments), and, where they differ from the
 *     first two, {@code best.values} and {@code best.buffers} of the best epoch
 */
public record ModelSnapshot(long steps, Map<String, MemorySegment> arrays) {}
