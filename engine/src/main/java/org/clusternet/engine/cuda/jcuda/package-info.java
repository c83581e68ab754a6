/**
 * The driver, cuBLAS and cuDNN by way of JCuda, and the search for the libraries that they need.
 * The only package that knows JCuda.
 */
@NullMarked
package org.clusternet.engine.cuda.jcuda;

import org.jspecify.annotations.NullMarked;
