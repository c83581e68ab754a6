/** Scores of a classifier of core types, and the paper's figures to stand beside them. */
package org.clusternet.metrics;
