package org.clusternet.data.image;

/**
 * An image as it is in its file, with what the file says about it.
 *
 * @param image physical values
 * @param keywords of a FITS header, {@link FitsKeywords#NONE} for other formats
 */
public record SourceImage(Image image, FitsKeywords keywords) {}
