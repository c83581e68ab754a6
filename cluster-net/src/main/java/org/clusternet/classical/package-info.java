/**
 * Core types without a network: thresholds and logistic regression on quantities that astronomers
 * measure in an image, scored on the same folds as a network.
 */
@NullMarked
package org.clusternet.classical;

import org.jspecify.annotations.NullMarked;
