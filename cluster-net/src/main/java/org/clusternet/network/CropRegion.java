package org.clusternet.network;

import org.clusternet.engine.tensor.Tensor;

/**
 * Where the auxiliary branch looked and how it was found; all but box and crop are null unless they
 * were asked for, and so are maps of a mask that the variant does not use.
 *
 * @param cam attention map of one class (N, 1, h, w), Eq. 2
 * @param h1 its resized heat map in [0, 1], (N, 1, H, W)
 * @param b1 {@code h1 >= tau1}, U8
 * @param h2 the Gaussian heat map in [0, 1], (N, 1, H, W)
 * @param b2 {@code h2 >= tau2}, U8
 * @param mask the mask whose box is cut, U8
 * @param box I32 (N, 4): x_min, y_min, x_max, y_max, inclusive
 * @param crop the region, resized, (N, 3, S, S)
 */
public record Region(
    Tensor cam, Tensor h1, Tensor b1, Tensor h2, Tensor b2, Tensor mask, Tensor box, Tensor crop) {}
