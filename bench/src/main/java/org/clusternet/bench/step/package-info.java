/** The training step of one ResNet-18 as a benchmark, and what all contenders of it share. */
package org.clusternet.bench.step;
