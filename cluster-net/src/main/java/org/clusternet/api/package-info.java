/** The network as a library: training and prediction from Java in a few lines. */
package org.clusternet.api;
