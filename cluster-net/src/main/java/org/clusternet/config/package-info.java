/** The settings of a run: records, presets, and the layers of files and options they come from. */
@NullMarked
package org.clusternet.config;

import org.jspecify.annotations.NullMarked;
