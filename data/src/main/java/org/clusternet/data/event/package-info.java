/**
 * Event lists of X-ray telescopes, a row per photon, and how they become images of counts: columns
 * of binary tables, energy bands, good time intervals, and the grid of pixels. Rows are read as a
 * stream, so that memory does not grow with the number of events.
 */
@NullMarked
package org.clusternet.data.event;

import org.jspecify.annotations.NullMarked;
