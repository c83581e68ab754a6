/**
 * The libraries that we are compared with, used as their manuals advise. Compiled in the Maven
 * profile {@code peers} only.
 */
@NullMarked
package org.clusternet.bench.peers;

import org.jspecify.annotations.NullMarked;
