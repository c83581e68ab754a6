package org.clusternet.engine.cuda.api;

/** An entry point of a loaded module; a handle of the {@link Driver} that made it. */
public interface KernelFunction {}
