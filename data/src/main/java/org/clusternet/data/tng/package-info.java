/**
 * Converts haloes of the IllustrisTNG simulations to a dataset: the gas cells of a cutout (HDF5)
 * become images along three axes and a central cooling time.
 *
 * <p>Lengths in a cutout are comoving kpc/h, masses 1e10 solar masses/h, energies per mass
 * (km/s)^2, as the simulations' data specification has them (Nelson et al. 2019, ComAC 6, 2);
 * {@link org.clusternet.data.tng.CodeUnits} converts them to the units of the rest of the project.
 */
@NullMarked
package org.clusternet.data.tng;

import org.jspecify.annotations.NullMarked;
