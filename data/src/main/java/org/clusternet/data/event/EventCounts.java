package org.clusternet.data.event;

/**
 * The events of a list, counted in pixels.
 *
 * @param pixels number of events in each, row by row
 * @param counted their sum
 * @param note which events were counted, for the log
 */
public record EventCounts(double[] pixels, long counted, String note) {}
