/** Many independent tasks on a few threads, with progress. */
@NullMarked
package org.clusternet.data.batch;

import org.jspecify.annotations.NullMarked;
