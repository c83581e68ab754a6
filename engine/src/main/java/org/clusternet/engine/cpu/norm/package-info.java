/**
 * Normalisation of channels-last F32 on the CPU in as few passes through memory as there can be:
 * batch normalisation, and what follows a convolution at inference.
 */
@NullMarked
package org.clusternet.engine.cpu.norm;

import org.jspecify.annotations.NullMarked;
