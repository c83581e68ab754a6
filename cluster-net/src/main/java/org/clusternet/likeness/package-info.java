/**
 * How well a model tells images like its training images from pictures of another kind: the study
 * behind the distance and the thresholds that predictions use.
 */
@NullMarked
package org.clusternet.likeness;

import org.jspecify.annotations.NullMarked;
