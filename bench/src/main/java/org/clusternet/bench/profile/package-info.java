/** Where the time of a step goes, op by op. */
package org.clusternet.bench.profile;
