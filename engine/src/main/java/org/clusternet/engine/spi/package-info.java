/**
 * What a new op or a new device implements, and how ops are run: {@link
 * org.clusternet.engine.spi.Op}, {@link org.clusternet.engine.spi.Device}, {@link
 * org.clusternet.engine.spi.Executor}. A device has no method per op, and no device sees a tape.
 */
@NullMarked
package org.clusternet.engine.spi;

import org.jspecify.annotations.NullMarked;
