/**
 * Whether a device computes what it should: every op over its own samples against the F64 oracle.
 * The tests and {@code cluster-net selftest} compare by this code.
 */
@NullMarked
package org.clusternet.engine.check;

import org.jspecify.annotations.NullMarked;
