package org.clusternet.data.accept;

import java.util.List;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.RadialProfile;

/**
 * The surface brightness of a cluster from its measured shells: each shell radiates uniformly, and
 * a line of sight collects its emissivity times the length of its chord.
 *
 * <p>This is exact for the model that ACCEPT fitted: its densities were deprojected from the
 * observed surface brightness assuming uniform spherical shells (Kriss, Cioffi and Canizares 1983,
 * ApJ 272, 439), so this projection returns what Chandra observed, in the bins and with the scatter
 * of the observation. Inside the first shell the gas is as in it; a gap left by a skipped line is
 * divided equally between its neighbours; beyond the last shell {@link BetaTail} continues. No
 * noise, background or point-spread function is added.
 */
public final class ShellEmission implements RadialProfile {
  private final double[] edges;
  private final double[] squares;
  private final double[] emissivities;
  private final BetaTail tail;

  /**
   * Prepares the projection of a cluster.
   *
   * @param cluster at least two shells
   */
  public ShellEmission(AcceptCluster cluster) {
    List<AcceptShell> shells = cluster.shells();
    int n = shells.size();
    edges = new double[n + 1];
    squares = new double[n + 1];
    emissivities = new double[n];
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        edges[i] = (shells.get(i - 1).outer() + shells.get(i).inner()) / 2;
      }
      emissivities[i] = shells.get(i).emissivity();
    }
    edges[n] = shells.get(n - 1).outer();
    for (int i = 0; i <= n; i++) {
      squares[i] = edges[i] * edges[i];
    }
    tail = BetaTail.fit(shells);
  }

  /**
   * The emissivity at a radius.
   *
   * @param radius in kpc, at least 0
   * @return in erg s^-1 cm^-3
   */
  public double emissivity(double radius) {
    for (int i = 0; i < emissivities.length; i++) {
      if (radius < edges[i + 1]) {
        return emissivities[i];
      }
    }
    return tail.emissivity(radius);
  }

  @Override
  public double at(double radius) {
    double square = radius * radius;
    double sum = 0;
    double outer = 0;
    for (int i = emissivities.length; i > 0 && squares[i] > square; i--) {
      outer = i == emissivities.length ? Math.sqrt(squares[i] - square) : outer;
      double inner = squares[i - 1] > square ? Math.sqrt(squares[i - 1] - square) : 0;
      sum += emissivities[i - 1] * (outer - inner);
      outer = inner;
    }
    return 2 * sum * Units.KPC_CM + tail.at(radius);
  }
}
