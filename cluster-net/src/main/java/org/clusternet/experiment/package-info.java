/**
 * The paper's experiments: cross-validation of one approach or of all approaches of a table,
 * pooled, compared and reported.
 */
@NullMarked
package org.clusternet.experiment;

import org.jspecify.annotations.NullMarked;
