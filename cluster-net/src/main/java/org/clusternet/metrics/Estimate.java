package org.clusternet.metrics;

/**
 * A figure with its confidence interval.
 *
 * @param value value for the sample
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {}
