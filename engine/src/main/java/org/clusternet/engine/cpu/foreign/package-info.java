/** Calls of the C library by {@code java.lang.foreign}: memory, and what every such call needs. */
package org.clusternet.engine.cpu.foreign;
