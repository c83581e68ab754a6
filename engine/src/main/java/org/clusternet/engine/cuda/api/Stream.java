package org.clusternet.engine.cuda.api;

/** Work in order; a handle of the {@link Driver} that made it. */
public interface Stream {}
