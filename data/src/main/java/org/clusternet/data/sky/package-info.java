/**
 * Positions in the sky: celestial systems, map projections and the rotation between them. Knows no
 * files; {@link org.clusternet.data.image.SkyFrame} reads the keywords of a header.
 */
@NullMarked
package org.clusternet.data.sky;

import org.jspecify.annotations.NullMarked;
