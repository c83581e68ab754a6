/**
 * Jobs with a trained model: the classes of images, the maps behind a prediction as figures and as
 * FITS over the sky, the box as a region for DS9, and weights written for other programs.
 */
@NullMarked
package org.clusternet.predict;

import org.jspecify.annotations.NullMarked;
