/**
 * Regions of an image, in plain Java: boxes, the masks from which they follow, and the samples
 * between pixels. The CUDA kernels do the same arithmetic in the same order, so that all devices
 * crop alike.
 */
@NullMarked
package org.clusternet.engine.region;

import org.jspecify.annotations.NullMarked;
