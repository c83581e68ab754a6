/** Writing files so that they appear whole or not at all. */
package org.clusternet.data.io;
