/** Diagnosis of CUDA on this machine: what works, what does not, and the remedy. */
@NullMarked
package org.clusternet.engine.cuda.doctor;

import org.jspecify.annotations.NullMarked;
