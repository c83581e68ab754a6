/**
 * Charts as SVG text, without AWT: axes with round ticks, lines, histograms, points with ranges,
 * matrices, reliability diagrams. The same numbers give the same bytes.
 */
package org.clusternet.render;
