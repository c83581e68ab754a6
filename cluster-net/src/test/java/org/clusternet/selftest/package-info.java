/** The self-test must find what is wrong with a device. */
package org.clusternet.selftest;
