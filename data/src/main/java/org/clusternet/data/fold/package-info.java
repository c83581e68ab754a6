/** Folds for cross-validation that never split a cluster. */
package org.clusternet.data.fold;
