/** Scores of classifiers of core types, their uncertainties, and the paper's figures. */
@NullMarked
package org.clusternet.metrics;

import org.jspecify.annotations.NullMarked;
