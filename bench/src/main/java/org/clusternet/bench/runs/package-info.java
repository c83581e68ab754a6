/** Measurements of whole training runs, as a user starts them: start-up, and BF16 beside F32. */
package org.clusternet.bench.runs;
