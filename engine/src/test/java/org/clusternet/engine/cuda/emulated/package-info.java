/**
 * A GPU without a GPU: the driver with our PTX on the emulator, and cuBLAS and cuDNN as plain loops
 * in double precision over the emulated memory. Orders of execution are adversarial and mistakes
 * that a real GPU would let pass are errors.
 */
package org.clusternet.engine.cuda.emulated;
