/** Reverse-mode differentiation as a layer over ops. Devices know nothing of it. */
package org.clusternet.engine.autograd;
