/**
 * Speed of a device: kernels by the bytes that they move, the crop, whole steps, beside the figures
 * of other libraries; with the facts of the machine.
 */
@NullMarked
package org.clusternet.benchmark;

import org.jspecify.annotations.NullMarked;
