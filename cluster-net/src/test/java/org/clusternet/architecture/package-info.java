/** The dependency test: which module and package may know which. */
package org.clusternet.architecture;
