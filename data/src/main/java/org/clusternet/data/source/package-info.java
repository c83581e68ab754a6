/**
 * Point sources in images of clusters: found by significance or named by region files, and filled
 * by what surrounds them.
 */
@org.jspecify.annotations.NullMarked
package org.clusternet.data.source;
