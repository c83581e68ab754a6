/**
 * What a model was trained on, and how far an image is from it: the ranges of the training images'
 * traits, and the density of the features that the network sees in them.
 */
@NullMarked
package org.clusternet.domain;

import org.jspecify.annotations.NullMarked;
