/** X-ray images: pixels in memory, FITS files, and the preprocessing of section IV-B. */
package org.clusternet.data.image;
