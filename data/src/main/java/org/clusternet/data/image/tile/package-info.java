/**
 * Tile-compressed images (FITS Standard 4.0, section 10): the tiles of a binary table decoded to
 * the numbers that an uncompressed file would store.
 */
@NullMarked
package org.clusternet.data.image.tile;

import org.jspecify.annotations.NullMarked;
