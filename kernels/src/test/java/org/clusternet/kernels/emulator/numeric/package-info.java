/** Arithmetic of PTX on raw bits: exact where the manual is exact, within its bounds elsewhere. */
package org.clusternet.kernels.emulator.numeric;
