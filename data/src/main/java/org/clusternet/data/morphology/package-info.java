/**
 * What X-ray astronomers measure on an image of a cluster to classify its core: position of the
 * peak, concentration of the light, density and cuspiness of the gas at the centre.
 *
 * <p>All lengths are kpc at the cluster. Positions are in pixels of the image, counted from 0 at
 * the centre of the first pixel. A measure that the image cannot give (the aperture leaves it, the
 * core is smaller than a pixel, noise makes an emissivity negative) is NaN, never a guess. All
 * transcendental functions are StrictMath's: the same image gives the same bits on every JVM.
 */
@NullMarked
package org.clusternet.data.morphology;

import org.jspecify.annotations.NullMarked;
