/** How long jobs tell people how far they are: a bar on a terminal, plain lines elsewhere. */
package org.clusternet.progress;
