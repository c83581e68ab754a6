/** Builds the PTX that is committed, and checks that it still is what the sources say. */
package org.clusternet.kernels.build;
