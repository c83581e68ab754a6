/** A training run from its configuration to its folder, and a trained model read back from it. */
package org.clusternet.run;
