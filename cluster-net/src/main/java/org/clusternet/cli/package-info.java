/**
 * The command line: one picocli command a file, each a thin layer that turns options into calls of
 * the packages that do the work and turns their failures into one clear line.
 */
@NullMarked
package org.clusternet.cli;

import org.jspecify.annotations.NullMarked;
