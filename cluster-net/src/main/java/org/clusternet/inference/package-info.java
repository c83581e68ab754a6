/** From an image to its core type and the region that the auxiliary branch read. */
@NullMarked
package org.clusternet.inference;

import org.jspecify.annotations.NullMarked;
