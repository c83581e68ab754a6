/**
 * Region files of DS9 and CIAO: which pixels of an image lie in the regions. {@link
 * org.clusternet.data.region.Ds9Regions} is the entrance.
 */
@NullMarked
package org.clusternet.data.region;

import org.jspecify.annotations.NullMarked;
