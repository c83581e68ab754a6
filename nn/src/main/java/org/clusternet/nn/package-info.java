/**
 * Layers, models, their parameters and what trains them.
 *
 * <p>A layer is a plain object that holds {@link org.clusternet.nn.parameter.Parameter}s and has a
 * {@code forward} that takes an {@link org.clusternet.engine.spi.Executor}: a tape in training, an
 * eager one otherwise. Layers are composed by writing Java; there is no registry, no reflection and
 * no common supertype. The memory of all parameters is in {@link
 * org.clusternet.nn.parameter.Parameters}.
 */
package org.clusternet.nn;
