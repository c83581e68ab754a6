/** Architecture tests: which package may use which, and rules for all production sources. */
package org.clusternet.architecture;
