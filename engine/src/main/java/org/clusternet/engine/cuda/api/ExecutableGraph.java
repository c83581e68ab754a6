package org.clusternet.engine.cuda.api;

/** Captured work that can be launched again and again; a handle of the {@link Driver}. */
public interface ExecutableGraph {}
