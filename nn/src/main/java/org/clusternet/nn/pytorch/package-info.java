/** PyTorch's files of weights, read without running anything that they say. */
package org.clusternet.nn.pytorch;
