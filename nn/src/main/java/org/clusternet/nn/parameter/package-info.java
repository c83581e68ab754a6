/** Named parameters, the memory they share, and how they are initialised and rounded. */
package org.clusternet.nn.parameter;
