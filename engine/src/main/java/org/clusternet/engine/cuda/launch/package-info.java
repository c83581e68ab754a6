/**
 * From tensors to launches of kernels, as the CUDA side of several ops needs it: addresses and
 * element types, broadcasting, sums.
 */
package org.clusternet.engine.cuda.launch;
