/** Tests of the charts. */
package org.clusternet.report.svg;
