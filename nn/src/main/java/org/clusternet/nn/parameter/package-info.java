/** Named parameters, their shared memory, their initial values and rounded copies. */
@NullMarked
package org.clusternet.nn.parameter;

import org.jspecify.annotations.NullMarked;
