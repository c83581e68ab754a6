/**
 * Layers, models, their parameters, and optimisers.
 *
 * <p>A layer is a plain object that holds {@link org.clusternet.nn.parameter.Parameter}s and has a
 * {@code forward} that takes an {@link org.clusternet.engine.spi.Executor}: a tape in training, an
 * eager executor otherwise. Layers are composed in plain Java; there is no registry, no reflection
 * and no common supertype. The memory of all parameters is in {@link
 * org.clusternet.nn.parameter.Parameters}.
 */
@NullMarked
package org.clusternet.nn;

import org.jspecify.annotations.NullMarked;
