/** The checks themselves: they must find what is wrong. */
package org.clusternet.engine.check;
