/** The training loop: batches, epochs, the choice of the best one, and what to do about a NaN. */
package org.clusternet.training;
