package org.clusternet.engine.cuda.api;

import org.clusternet.engine.tensor.DType;

/**
 * A product of row-major matrices: {@code C = op(A) op(B)}, or {@code C += op(A) op(B)}. A is (m,
 * k), or (k, m) where transposed; B is (k, n), or (n, k) where transposed; C is (m, n).
 *
 * @param dtype element type of all three, F32 or BF16; sums are F32
 * @param transposeA whether A is stored transposed
 * @param transposeB whether B is stored transposed
 * @param m rows of C
 * @param n columns of C
 * @param k length of the sums
 * @param accumulate whether to add to C
 */
public record Gemm(
    DType dtype, boolean transposeA, boolean transposeB, int m, int n, int k, boolean accumulate) {}
