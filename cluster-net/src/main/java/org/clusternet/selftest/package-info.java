/** Checks of a device by its user, from single ops to training steps. */
@NullMarked
package org.clusternet.selftest;

import org.jspecify.annotations.NullMarked;
