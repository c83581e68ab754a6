/**
 * Small complete programs on the tensor engine: each class has a {@code main} that prints what it
 * does, and methods that return the numbers, which the tests check.
 */
@NullMarked
package org.clusternet.examples;

import org.jspecify.annotations.NullMarked;
