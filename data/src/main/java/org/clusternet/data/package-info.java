/**
 * Core types of galaxy clusters, and the exception that reports bad input: what all other packages
 * of this module share.
 */
@NullMarked
package org.clusternet.data;

import org.jspecify.annotations.NullMarked;
