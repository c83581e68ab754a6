/** Loading and saving of weights: safetensors, and files of networks trained elsewhere. */
@NullMarked
package org.clusternet.nn.weights;

import org.jspecify.annotations.NullMarked;
