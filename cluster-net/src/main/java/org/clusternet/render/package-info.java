/**
 * Pages, charts and pictures: HTML from templates over one layout, SVG charts with axes, ranges,
 * matrices and reliability diagrams, PNG. Nothing of AWT is used. The same numbers give the same
 * bytes.
 */
@NullMarked
package org.clusternet.render;

import org.jspecify.annotations.NullMarked;
