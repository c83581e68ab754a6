/** How well trained models do under given observing conditions, with and without reduction. */
@NullMarked
package org.clusternet.observing;

import org.jspecify.annotations.NullMarked;
