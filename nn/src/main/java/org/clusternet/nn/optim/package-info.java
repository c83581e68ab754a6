/** The optimiser and the schedule of its learning rate. */
@NullMarked
package org.clusternet.nn.optim;

import org.jspecify.annotations.NullMarked;
