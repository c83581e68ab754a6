/**
 * Jobs with a trained model: the classes of images, the maps behind a prediction as pictures and as
 * FITS over the sky, the box as a region for DS9, and weights written for other programs.
 */
package org.clusternet.predict;
