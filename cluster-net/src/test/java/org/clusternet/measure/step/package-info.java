/** Tests of {@code org.clusternet.measure.step}. */
package org.clusternet.measure.step;
