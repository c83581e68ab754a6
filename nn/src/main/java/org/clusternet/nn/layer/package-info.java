/** The layers that models consist of, each a few lines over ops of the engine. */
@NullMarked
package org.clusternet.nn.layer;

import org.jspecify.annotations.NullMarked;
