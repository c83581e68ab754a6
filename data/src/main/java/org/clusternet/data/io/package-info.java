/** Writing files so that they appear whole or not at all. */
@NullMarked
package org.clusternet.data.io;

import org.jspecify.annotations.NullMarked;
