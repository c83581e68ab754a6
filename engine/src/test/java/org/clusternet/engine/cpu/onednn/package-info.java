/** Tests of what is private to the package. */
package org.clusternet.engine.cpu.onednn;
