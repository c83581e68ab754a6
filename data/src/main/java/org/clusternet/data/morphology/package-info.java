/**
 * What X-ray astronomers measure on an image of a cluster to tell its core: where it peaks, how
 * concentrated its light is, how dense and how cuspy the gas at its centre.
 *
 * <p>All lengths are kpc at the cluster. Positions are in pixels of the image, counted from 0 at
 * the centre of the first pixel. A measure that the image cannot give (the aperture leaves it, the
 * core is smaller than a pixel, noise makes an emissivity negative) is NaN, never a guess. All
 * transcendental functions are StrictMath's: the same image gives the same bits on every JVM.
 */
@NullMarked
package org.clusternet.data.morphology;

import org.jspecify.annotations.NullMarked;
