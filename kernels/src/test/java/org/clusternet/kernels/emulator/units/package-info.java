/** The execution units: one class for each shape of instruction. */
package org.clusternet.kernels.emulator.units;
