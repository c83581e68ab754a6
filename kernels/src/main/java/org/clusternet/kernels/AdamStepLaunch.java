package org.clusternet.kernels;

/**
 * {@code adam_step.cu}: one step of Adam over flat F32 buffers, in place.
 *
 * @param parameters address of F32 (n), updated
 * @param gradients address of F32 (n)
 * @param mean address of F32 (n), updated
 * @param square address of F32 (n), updated
 * @param schedule address of F32 (3): learning rate, 1 - beta1^t, 1 - beta2^t
 * @param foundInf address of F32 (1), or 0 for none: unless the number is finite, nothing is
 *     written
 * @param n number of parameters
 * @param beta1 decay of the mean
 * @param gain1 1 - beta1, rounded once
 * @param beta2 decay of the mean square
 * @param gain2 1 - beta2, rounded once
 * @param epsilon number added to the root
 * @param grid number of blocks
 * @param block threads per block
 */
public record AdamStepLaunch(
    long parameters,
    long gradients,
    long mean,
    long square,
    long schedule,
    long foundInf,
    long n,
    float beta1,
    float gain1,
    float beta2,
    float gain2,
    float epsilon,
    Dim grid,
    Dim block)
    implements Launch {

  @Override
  public String module() {
    return "adam_step";
  }

  @Override
  public String entry() {
    return "adam_step";
  }

  @Override
  public Arguments arguments() {
    return new Arguments()
        .address(parameters)
        .address(gradients)
        .address(mean)
        .address(square)
        .address(schedule)
        .address(foundInf)
        .i64(n)
        .f32(beta1)
        .f32(gain1)
        .f32(beta2)
        .f32(gain2)
        .f32(epsilon);
  }
}
