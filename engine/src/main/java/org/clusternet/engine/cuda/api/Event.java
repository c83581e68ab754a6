package org.clusternet.engine.cuda.api;

/** A point in a stream that others wait for; a handle of the {@link Driver} that made it. */
public interface Event {}
