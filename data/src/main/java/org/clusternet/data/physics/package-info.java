/**
 * The physics of the gas of galaxy clusters: units, cosmology, plasma, and the profiles of entropy
 * and pressure from which density, temperature and cooling time follow.
 *
 * <p>Units are those of the field: kpc for radii within a cluster, Mpc for distances, keV for kT,
 * cm^-3 for densities, keV cm^2 for entropy, keV cm^-3 for electron pressure, solar masses, Gyr;
 * emissivity and luminosity are in erg. Powers, logarithms and exponentials are StrictMath's, so
 * that every number is the same on every JVM.
 */
@NullMarked
package org.clusternet.data.physics;

import org.jspecify.annotations.NullMarked;
