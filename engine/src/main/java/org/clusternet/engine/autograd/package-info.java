/** Reverse-mode differentiation as a layer over ops. Devices know nothing of it. */
@NullMarked
package org.clusternet.engine.autograd;

import org.jspecify.annotations.NullMarked;
