/** Text files in their formats: JSON, tables in Markdown, files with marked sections. */
package org.clusternet.text;
