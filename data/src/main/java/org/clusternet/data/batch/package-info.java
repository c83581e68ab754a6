/** Runs many independent tasks on a few threads and reports progress. */
@NullMarked
package org.clusternet.data.batch;

import org.jspecify.annotations.NullMarked;
