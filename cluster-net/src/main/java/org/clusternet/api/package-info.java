/** The network as a library: training and prediction from Java in a few lines. */
@NullMarked
package org.clusternet.api;

import org.jspecify.annotations.NullMarked;
