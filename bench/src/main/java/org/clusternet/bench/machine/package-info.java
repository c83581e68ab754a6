/** What the machine is and what it can do at most: figures mean nothing without it. */
package org.clusternet.bench.machine;
