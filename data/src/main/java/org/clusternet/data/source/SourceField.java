package org.clusternet.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.PhotonNoise;

/**
 * An observed image in which sources are looked for.
 *
 * @param file file of the image, for messages
 * @param keywords keywords of the image, for its coordinates
 * @param light counts minus background; NaN where there is no value
 * @param exposure exposure of each pixel; NaN where the light is
 * @param background the background that was subtracted, in the unit of the light
 * @param noise noise of the image before its maps were applied; empty if it is not known to be
 *     photons
 */
public record SourceField(
    Path file,
    FitsKeywords keywords,
    Image light,
    Image exposure,
    Optional<Image> background,
    Optional<PhotonNoise> noise) {}
