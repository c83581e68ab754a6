/** Tests of tables and files with marked sections. */
package org.clusternet.text;
