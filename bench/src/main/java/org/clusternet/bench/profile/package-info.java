/** The time of each op in a training step. */
@NullMarked
package org.clusternet.bench.profile;

import org.jspecify.annotations.NullMarked;
