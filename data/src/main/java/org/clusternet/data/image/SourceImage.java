package org.clusternet.data.image;

/**
 * An image as read from its file, with the keywords of the file.
 *
 * @param image physical values
 * @param keywords keywords of the FITS header, {@link FitsKeywords#NONE} for other formats
 */
public record SourceImage(Image image, FitsKeywords keywords) {}
