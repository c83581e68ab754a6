/** Where the native libraries that jars bring along are unpacked to. */
@NullMarked
package org.clusternet.engine.natives;

import org.jspecify.annotations.NullMarked;
