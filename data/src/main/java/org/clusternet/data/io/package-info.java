/** Writes files and folders so that they appear completely or not at all; CSV tables. */
@NullMarked
package org.clusternet.data.io;

import org.jspecify.annotations.NullMarked;
