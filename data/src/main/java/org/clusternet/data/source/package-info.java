/**
 * Point sources in images of clusters: found by significance or named by region files, and filled
 * by what surrounds them.
 */
@NullMarked
package org.clusternet.data.source;

import org.jspecify.annotations.NullMarked;
