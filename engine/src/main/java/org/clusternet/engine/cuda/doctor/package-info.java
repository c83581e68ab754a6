/** What works of CUDA on this machine, what does not, and what mends it. */
@NullMarked
package org.clusternet.engine.cuda.doctor;

import org.jspecify.annotations.NullMarked;
