/** X-ray images: pixels in memory, FITS files, and the preprocessing of section IV-B. */
@NullMarked
package org.clusternet.data.image;

import org.jspecify.annotations.NullMarked;
