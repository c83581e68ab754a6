/** What works of CUDA on this machine, what does not, and what mends it. */
package org.clusternet.engine.cuda.doctor;
