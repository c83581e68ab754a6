/**
 * From tensors to launches of kernels, as the CUDA side of several ops needs it: addresses and
 * element types, broadcasting, sums.
 */
@NullMarked
package org.clusternet.engine.cuda.launch;

import org.jspecify.annotations.NullMarked;
