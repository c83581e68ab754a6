/**
 * Projects emission in three dimensions to an image of the sky: integrals along the line of sight,
 * the elliptical contours of a triaxial body, and the sampling of pixels.
 *
 * <p>Lengths are in kpc, emissivities in erg s^-1 cm^-3 and surface brightness in erg s^-1 cm^-2:
 * the power that a square centimetre of the cluster's own projected area radiates in all
 * directions. (Divided by 4 pi (1+z)^4 it is the observed flux per steradian.)
 */
@NullMarked
package org.clusternet.data.projection;

import org.jspecify.annotations.NullMarked;
