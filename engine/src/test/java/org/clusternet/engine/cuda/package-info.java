/** The CUDA device, on the emulated GPU and, where there is one, on a real one. */
package org.clusternet.engine.cuda;
