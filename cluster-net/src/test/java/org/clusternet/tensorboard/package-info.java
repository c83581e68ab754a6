/** Tests of event files. */
package org.clusternet.tensorboard;
