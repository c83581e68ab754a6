/** Tests of weights that others have trained; the only server that is asked runs here. */
package org.clusternet.pretrained;
