/** Bilinear resizing on the CPU, which several ops share. */
@NullMarked
package org.clusternet.engine.cpu.bilinear;

import org.jspecify.annotations.NullMarked;
