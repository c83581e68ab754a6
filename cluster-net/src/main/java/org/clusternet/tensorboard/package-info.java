/** Event files for TensorBoard, written without TensorFlow. */
@NullMarked
package org.clusternet.tensorboard;

import org.jspecify.annotations.NullMarked;
