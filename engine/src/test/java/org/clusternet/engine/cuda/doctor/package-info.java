/** The checks of our kernels, on the emulated GPU. */
package org.clusternet.engine.cuda.doctor;
