/**
 * Core types of galaxy clusters and the exception that all of this module's bad input ends in: the
 * vocabulary that every other package here shares.
 */
@NullMarked
package org.clusternet.data;

import org.jspecify.annotations.NullMarked;
