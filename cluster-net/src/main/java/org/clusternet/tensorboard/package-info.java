/** Event files as TensorBoard reads them, without TensorFlow. */
package org.clusternet.tensorboard;
