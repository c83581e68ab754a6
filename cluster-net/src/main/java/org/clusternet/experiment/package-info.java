/**
 * The paper's experiments: many runs that belong together, ten folds of one approach or of all in
 * its tables, pooled, compared and written up.
 */
package org.clusternet.experiment;
