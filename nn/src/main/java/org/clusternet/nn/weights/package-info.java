/** Tensors of a device in and out of safetensors files. */
package org.clusternet.nn.weights;
