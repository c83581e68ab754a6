/**
 * Typed, shaped blocks of off-heap memory, the pools they come from and the scopes that end them.
 * Nothing here computes; nothing here knows which device the memory is on.
 */
@NullMarked
package org.clusternet.engine.tensor;

import org.jspecify.annotations.NullMarked;
