/**
 * The safetensors format, read and written strictly. It knows bytes, not devices: {@link
 * org.clusternet.nn.weights} moves tensors in and out.
 */
package org.clusternet.nn.safetensors;
