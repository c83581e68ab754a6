/** From the syntax tree to flat code: names become registers and addresses, calls are expanded. */
package org.clusternet.kernels.emulator.decode;
