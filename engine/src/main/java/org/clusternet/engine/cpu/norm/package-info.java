/**
 * Normalisation of channels-last F32 on the CPU in as few passes through memory as there can be:
 * batch normalisation, and what follows a convolution at inference.
 */
package org.clusternet.engine.cpu.norm;
