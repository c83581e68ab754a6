/** How well simulated clusters agree with a reference sample: measures, medians, ranges. */
package org.clusternet.data.simulate.validation;
