/** Bilinear resizing on the CPU, which several ops share. */
package org.clusternet.engine.cpu.bilinear;
