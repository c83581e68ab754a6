/** The engine's front door: {@link org.clusternet.engine.Devices} opens a device by name. */
@NullMarked
package org.clusternet.engine;

import org.jspecify.annotations.NullMarked;
