/** Tables, statistics and the file of results that commands write and people do not. */
package org.clusternet.bench.report;
