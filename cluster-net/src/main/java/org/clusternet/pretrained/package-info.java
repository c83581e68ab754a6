/** Weights that others have trained: where they are kept, and how they are fetched. */
@NullMarked
package org.clusternet.pretrained;

import org.jspecify.annotations.NullMarked;
