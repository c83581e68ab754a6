/** Reports as one page each, which open without a network: of a training run, of an experiment. */
package org.clusternet.report;
