/**
 * The multi-branch attention network of Zhang, Liang, Su and Jacobs (2020): two ResNet-18 branches,
 * the crop between them, three heads, the loss.
 */
package org.clusternet.network;
