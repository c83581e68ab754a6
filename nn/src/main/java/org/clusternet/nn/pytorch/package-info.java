/** Reading of PyTorch's files of weights without executing anything that they contain. */
@NullMarked
package org.clusternet.nn.pytorch;

import org.jspecify.annotations.NullMarked;
