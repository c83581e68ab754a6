/**
 * Hand-written CUDA kernels: for each file-name stem a {@code .cu}, the PTX built from it as a
 * resource with its manifest, and the typed launches. Nothing here knows tensors or a driver; a
 * launch speaks of addresses and extents.
 */
@NullMarked
package org.clusternet.kernels;

import org.jspecify.annotations.NullMarked;
