/**
 * Images as telescopes take them: counts with their exposure and background maps, brought to a
 * given scale around a given position, for a prediction or a dataset.
 */
@NullMarked
package org.clusternet.data.observation;

import org.jspecify.annotations.NullMarked;
