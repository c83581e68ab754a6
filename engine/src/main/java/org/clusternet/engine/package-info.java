/** The engine's front door: {@link org.clusternet.engine.Devices} opens a device by name. */
package org.clusternet.engine;
