/** Counter-based random numbers that are the same on every machine. */
@NullMarked
package org.clusternet.nn.random;

import org.jspecify.annotations.NullMarked;
