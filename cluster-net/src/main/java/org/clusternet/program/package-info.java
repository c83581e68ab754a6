/** How the program was started, for messages that tell what to run next. */
package org.clusternet.program;
