package org.clusternet.engine.cuda.api;

/**
 * One way to compute a {@link ConvolutionProblem}.
 *
 * @param id the library's number of it
 * @param name the library's name of it
 * @param workspaceBytes memory that it needs while it runs
 * @param milliseconds what it took when it was measured; NaN if it was not
 * @param deterministic whether it always gives the same bits
 */
public record Algorithm(
    int id, String name, long workspaceBytes, double milliseconds, boolean deterministic) {

  /** The same, measured. */
  public Algorithm taking(double measured) {
    return new Algorithm(id, name, workspaceBytes, measured, deterministic);
  }
}
