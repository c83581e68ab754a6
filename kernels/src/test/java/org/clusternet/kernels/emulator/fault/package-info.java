/** What a kernel did wrong, before the emulator adds where. */
package org.clusternet.kernels.emulator.fault;
