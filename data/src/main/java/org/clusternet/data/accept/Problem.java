package org.clusternet.data.accept;

/**
 * A part of the input that was skipped or used only in part.
 *
 * @param line line of the file from 1, or 0 for a problem of a whole cluster
 * @param cluster name of the cluster; may be empty if the line has none
 * @param reason the problem and its consequence
 */
public record Problem(int line, String cluster, String reason) {
  @Override
  public String toString() {
    String where = line > 0 ? "line " + line + ": " : "";
    return where + (cluster.isEmpty() ? "" : cluster + ": ") + reason;
  }
}
