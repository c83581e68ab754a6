/** Dataset folders: the catalogue and the images that it lists. */
@NullMarked
package org.clusternet.data.dataset;

import org.jspecify.annotations.NullMarked;
