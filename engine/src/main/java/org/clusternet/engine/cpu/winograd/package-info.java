/**
 * 3 x 3 convolution of stride 1 on the CPU by Winograd's algorithm: tiles and weights are
 * transformed to planes by vector loops, the planes are multiplied by oneDNN. {@link
 * org.clusternet.engine.cpu.winograd.Conv2dWinograd} is the way in.
 */
@NullMarked
package org.clusternet.engine.cpu.winograd;

import org.jspecify.annotations.NullMarked;
