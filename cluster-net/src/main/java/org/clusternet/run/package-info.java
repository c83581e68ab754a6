/** A training run from its settings to its folder, and a trained model read back from it. */
@NullMarked
package org.clusternet.run;

import org.jspecify.annotations.NullMarked;
