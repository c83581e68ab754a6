package org.clusternet.metrics;

import java.util.Arrays;
import java.util.List;
import org.clusternet.data.CoreType;

/** Made-up verdicts. */
final class Verdicts {
  private Verdicts() {}

  /** A verdict with these probabilities of CC, WCC and NCC. */
  static ScoredImage of(
      String cluster, String projection, CoreType label, double cc, double wcc, double ncc) {
    return new ScoredImage(cluster, projection, label, List.of(cc, wcc, ncc));
  }

  /** A verdict that is certain. */
  static ScoredImage certain(String cluster, String projection, CoreType label, CoreType verdict) {
    Double[] p = {0.0, 0.0, 0.0};
    p[verdict.index()] = 1.0;
    return new ScoredImage(cluster, projection, label, Arrays.asList(p));
  }
}
