/** The report on how well simulated clusters agree with a reference sample. */
package org.clusternet.validation;
