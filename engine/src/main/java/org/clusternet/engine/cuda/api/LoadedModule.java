package org.clusternet.engine.cuda.api;

/** A module of PTX on the GPU; a handle of the {@link Driver} that made it. */
public interface LoadedModule {}
