/**
 * Where a network looked and why: the maps behind a prediction as pictures, as FITS over the sky,
 * and the box as a region for DS9.
 */
package org.clusternet.explain;
