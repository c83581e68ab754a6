/** Folds for cross-validation that keep all images of a cluster together. */
@NullMarked
package org.clusternet.data.fold;

import org.jspecify.annotations.NullMarked;
