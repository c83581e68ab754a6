/** Tests of what goes to the device and what comes back from it. */
package org.clusternet.inference;
