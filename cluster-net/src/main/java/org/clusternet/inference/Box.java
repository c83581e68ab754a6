package org.clusternet.inference;

/**
 * The region of the input that the auxiliary branch saw, in pixels of the network's input, all
 * inclusive.
 *
 * @param xMin first column
 * @param yMin first row
 * @param xMax last column
 * @param yMax last row
 */
public record Box(int xMin, int yMin, int xMax, int yMax) {}
