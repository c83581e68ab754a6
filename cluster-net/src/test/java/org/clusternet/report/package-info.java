/** Tests of the reports. */
package org.clusternet.report;
