/**
 * Strict reading and writing of the safetensors format. This package works on bytes and knows no
 * devices; {@link org.clusternet.nn.weights} moves tensors between files and devices.
 */
@NullMarked
package org.clusternet.nn.safetensors;

import org.jspecify.annotations.NullMarked;
