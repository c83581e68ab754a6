/**
 * The common task of all libraries in a comparison: one ResNet-18 and its batch, the count of its
 * operations, and the check that a step trains.
 */
@NullMarked
package org.clusternet.benchmark.step;

import org.jspecify.annotations.NullMarked;
