/** The program's name as it was started, for messages that say which command to run next. */
@NullMarked
package org.clusternet.program;

import org.jspecify.annotations.NullMarked;
