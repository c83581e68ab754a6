/**
 * Simulated clusters: a population of gas profiles and triaxial shapes with the published scatter,
 * projected along three axes into a dataset folder. The built-in default dataset.
 */
@NullMarked
package org.clusternet.data.simulate;

import org.jspecify.annotations.NullMarked;
