/**
 * What an op is declared by: its family ({@link org.clusternet.engine.op.family.OpFamily}), which
 * ties together its kernels for each device, and the sample inputs that the generic tests run.
 */
@NullMarked
package org.clusternet.engine.op.family;

import org.jspecify.annotations.NullMarked;
