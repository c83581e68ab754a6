package org.clusternet.metrics;

/**
 * A figure and how far it can be trusted.
 *
 * @param value of the sample
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {}
