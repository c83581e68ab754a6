/** Compares simulated clusters with a reference sample: measures, medians, ranges. */
@NullMarked
package org.clusternet.data.simulate.validation;

import org.jspecify.annotations.NullMarked;
