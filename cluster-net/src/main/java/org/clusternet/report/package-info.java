/**
 * Reports as one HTML page each, which open without a network: a training run, an experiment, a
 * comparison of the simulator with a reference.
 */
@NullMarked
package org.clusternet.report;

import org.jspecify.annotations.NullMarked;
