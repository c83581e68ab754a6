/**
 * The multi-branch attention network of Zhang, Liang, Su and Jacobs (2020): two ResNet-18 branches,
 * the crop between them, three heads, the loss.
 */
@NullMarked
package org.clusternet.network;

import org.jspecify.annotations.NullMarked;
