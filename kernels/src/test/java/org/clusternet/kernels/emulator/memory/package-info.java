/** The bytes of the emulated device, which of them were written, and which addresses are valid. */
package org.clusternet.kernels.emulator.memory;
