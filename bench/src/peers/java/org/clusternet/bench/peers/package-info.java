/**
 * The libraries that we are compared with, used as their manuals advise. Compiled in the Maven
 * profile {@code peers} only.
 */
package org.clusternet.bench.peers;
