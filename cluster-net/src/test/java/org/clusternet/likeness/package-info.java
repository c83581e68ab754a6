/** The study of likeness. */
@NullMarked
package org.clusternet.likeness;

import org.jspecify.annotations.NullMarked;
