/** Facts of the machine, timing, and tables and files of figures. */
package org.clusternet.benchmark;
