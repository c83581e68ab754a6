/** Tests of the training loop with models whose behaviour is known, and of its settings. */
package org.clusternet.training;
