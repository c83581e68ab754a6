/** What turns gradients into steps. */
package org.clusternet.nn.optim;
