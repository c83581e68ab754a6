/**
 * The gas of a simulated cluster as a field in space: a triaxial body of entropy and pressure, its
 * disturbances (sloshing, cavities, shocks, fluctuations), its substructure (clumps, a second
 * cluster), and its sampling, measurement and projection.
 *
 * <p>Coordinates are kpc from the potential minimum, which is the centre of the images. Densities
 * are n_e in cm^-3, temperatures kT in keV, emissivities erg s^-1 cm^-3. Powers, logarithms and
 * exponentials are StrictMath's or sums and products written out here, so that every number is the
 * same on every JVM.
 */
@NullMarked
package org.clusternet.data.simulate.gas;

import org.jspecify.annotations.NullMarked;
