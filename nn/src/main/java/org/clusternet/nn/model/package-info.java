/** Models with the names of torchvision. */
@NullMarked
package org.clusternet.nn.model;

import org.jspecify.annotations.NullMarked;
