/**
 * Haloes of the IllustrisTNG simulations as a dataset: from the gas cells of a cutout (HDF5) to
 * images along three axes and a central cooling time.
 *
 * <p>Lengths in a cutout are comoving kpc/h, masses 1e10 solar masses/h, energies per mass
 * (km/s)^2, as the simulations' data specification has them (Nelson et al. 2019, ComAC 6, 2);
 * {@link org.clusternet.data.tng.CodeUnits} turns them into the units of the rest of the project.
 */
@NullMarked
package org.clusternet.data.tng;

import org.jspecify.annotations.NullMarked;
