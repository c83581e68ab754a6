package org.clusternet.data.accept;

import java.util.List;
import org.clusternet.data.physics.CentralCooling;

/**
 * One cluster of the archive: its usable shells from the centre outwards, and derived quantities.
 *
 * <p>The mean temperature is weighted by emission, sum(w kT) / sum(w) with w = n_e^2 Lambda times
 * the shell's volume: what a spectrum of the whole cluster would yield, and known for every cluster
 * of the table without a second file. It is used only for r500, as its square root.
 *
 * @param name name in the table
 * @param shells by increasing radius, not overlapping, at least one
 */
public record AcceptCluster(String name, List<AcceptShell> shells) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no shell
   */
  public AcceptCluster {
    shells = List.copyOf(shells);
    if (shells.isEmpty()) {
      throw new IllegalArgumentException("ACCEPT: cluster=" + name + " has no shell");
    }
  }

  /**
   * The emission-weighted mean temperature.
   *
   * @return kT in keV
   */
  public double meanTemperature() {
    double weights = 0;
    double sum = 0;
    for (AcceptShell s : shells) {
      double volume = s.outer() * s.outer() * s.outer() - s.inner() * s.inner() * s.inner();
      double weight = s.emissivity() * volume;
      weights += weight;
      sum += weight * s.kT();
    }
    return sum / weights;
  }

  /**
   * The r500 of the cluster, from its mean temperature.
   *
   * @return r500 in kpc
   */
  public double r500() {
    return CentralCooling.r500OfTemperature(meanTemperature());
  }

  /**
   * The measured cooling time at {@link CentralCooling#RADIUS_IN_R500} r500.
   *
   * @return in Gyr
   */
  public double centralCoolingTime() {
    return coolingTimeAt(CentralCooling.RADIUS_IN_R500 * r500());
  }

  /**
   * The measured cooling time at a radius: a power law between the middles of neighbouring shells;
   * inside the innermost middle and beyond the outermost one, the value there.
   *
   * @param radius in kpc
   * @return in Gyr
   */
  public double coolingTimeAt(double radius) {
    int above = 0;
    while (above < shells.size() && shells.get(above).middle() < radius) {
      above++;
    }
    if (above == 0) {
      return shells.get(0).coolingTime();
    }
    AcceptShell below = shells.get(above - 1);
    if (above == shells.size()) {
      return below.coolingTime();
    }
    AcceptShell next = shells.get(above);
    double share =
        StrictMath.log(radius / below.middle()) / StrictMath.log(next.middle() / below.middle());
    return below.coolingTime() * StrictMath.pow(next.coolingTime() / below.coolingTime(), share);
  }
}
