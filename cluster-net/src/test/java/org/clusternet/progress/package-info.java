/** Tests of what people see of a long job. */
package org.clusternet.progress;
