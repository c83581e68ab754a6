/** Many independent tasks on a few threads, with progress. */
package org.clusternet.data.batch;
