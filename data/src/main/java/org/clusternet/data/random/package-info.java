/** Random numbers that depend on nothing but their keys. */
@NullMarked
package org.clusternet.data.random;

import org.jspecify.annotations.NullMarked;
