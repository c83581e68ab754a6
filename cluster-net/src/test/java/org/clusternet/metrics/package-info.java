/** Tests of the scores against matrices worked out by hand and the paper's own table. */
package org.clusternet.metrics;
