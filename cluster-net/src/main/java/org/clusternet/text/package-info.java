/** Text files in their formats: JSON, tables in Markdown, files with marked sections. */
@NullMarked
package org.clusternet.text;

import org.jspecify.annotations.NullMarked;
