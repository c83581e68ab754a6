/**
 * The narrow interface between the CUDA device and what it stands on: the driver, cuBLAS and cuDNN.
 * Nothing here names a binding, so that the PTX emulator and the F64 oracle can stand behind it.
 */
@NullMarked
package org.clusternet.engine.cuda.api;

import org.jspecify.annotations.NullMarked;
