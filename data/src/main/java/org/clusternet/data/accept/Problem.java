package org.clusternet.data.accept;

/**
 * Something in the input that was skipped, or used with a reservation.
 *
 * @param line line of the file from 1, or 0 where it concerns a cluster as a whole
 * @param cluster the cluster, may be empty where the line names none
 * @param reason what was wrong and what became of it
 */
public record Problem(int line, String cluster, String reason) {
  @Override
  public String toString() {
    String where = line > 0 ? "line " + line + ": " : "";
    return where + (cluster.isEmpty() ? "" : cluster + ": ") + reason;
  }
}
