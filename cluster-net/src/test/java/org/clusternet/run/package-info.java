/** Tests of run folders and of the files in them. */
package org.clusternet.run;
