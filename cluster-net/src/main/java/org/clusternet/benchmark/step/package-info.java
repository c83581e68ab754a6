/**
 * What every contender of a comparison works on, ours and peers alike: one ResNet-18 and its batch,
 * the count of its operations, and the proof that a step trains.
 */
package org.clusternet.benchmark.step;
