/** The network as a whole: shapes, the crop between the branches, the gradient of its loss. */
package org.clusternet.network;
