/** Tests of the experiments. */
package org.clusternet.experiment;
