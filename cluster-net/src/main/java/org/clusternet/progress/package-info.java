/** Progress of long jobs: a bar on a terminal, plain lines elsewhere. */
@NullMarked
package org.clusternet.progress;

import org.jspecify.annotations.NullMarked;
