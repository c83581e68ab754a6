/**
 * Whether a device computes what it should, from single ops to training steps, for a user to run.
 */
package org.clusternet.selftest;
