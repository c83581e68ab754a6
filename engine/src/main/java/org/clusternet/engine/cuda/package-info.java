/**
 * The device on NVIDIA GPUs: our PTX, cuDNN and cuBLAS behind one narrow interface, {@code api}, so
 * that the PTX emulator and the F64 oracle can stand behind it in tests.
 */
@NullMarked
package org.clusternet.engine.cuda;

import org.jspecify.annotations.NullMarked;
