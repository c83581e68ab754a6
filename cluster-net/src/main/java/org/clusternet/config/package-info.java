/** The settings of a run: records, presets, and the layers of files and options they come from. */
package org.clusternet.config;
