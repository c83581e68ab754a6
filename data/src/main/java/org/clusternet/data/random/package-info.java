/** Random numbers that depend on their keys only: seed, purpose and indices. */
@NullMarked
package org.clusternet.data.random;

import org.jspecify.annotations.NullMarked;
