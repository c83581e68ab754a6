/**
 * The part of oneDNN's C API that the CPU kernels need, through {@code java.lang.foreign}: the
 * library is found and loaded by {@link org.clusternet.engine.cpu.onednn.NativeLibrary}, bound by
 * {@code Api}; each kind of primitive is a {@link org.clusternet.engine.cpu.onednn.Spec}; {@link
 * org.clusternet.engine.cpu.onednn.OneDnn} prepares a primitive once per spec and keeps it.
 *
 * <p>Source: oneAPI Deep Neural Network Library developer guide, version 3.13.
 */
@NullMarked
package org.clusternet.engine.cpu.onednn;

import org.jspecify.annotations.NullMarked;
