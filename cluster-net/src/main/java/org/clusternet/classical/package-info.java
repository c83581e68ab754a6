/**
 * Core types without a network: thresholds and logistic regression on what astronomers measure in
 * an image, scored on the very folds that a network is.
 */
package org.clusternet.classical;
