/** Folds for cross-validation that never split a cluster. */
@NullMarked
package org.clusternet.data.fold;

import org.jspecify.annotations.NullMarked;
