/** The training loop: batches, epochs, the choice of the best one, and the search for a NaN. */
@NullMarked
package org.clusternet.training;

import org.jspecify.annotations.NullMarked;
