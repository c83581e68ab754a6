package org.clusternet.data.simulate;

import java.util.List;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.projection.SkyHeader;
import org.clusternet.data.simulate.gas.CentralState;
import org.clusternet.data.simulate.gas.GasField;

/** The FITS keywords of a simulated image: the cluster's gas and the simulated observation. */
final class SimulationHeader {
  private SimulationHeader() {}

  static List<Card> cards(
      String id,
      SimulatedCluster cluster,
      int axis,
      Observing observing,
      Simulator.Options options) {
    List<Card> cards = SkyHeader.linear(options.grid());
    if (observing.isCounting()) {
      cards.removeIf(card -> card.key().equals("BUNIT"));
      cards.add(0, new Card("BUNIT", "count", "photons"));
      cards.addAll(PhotonNoise.COUNTS.cards());
      cards.add(new Card("COUNTS", observing.counts(), "expected of the cluster"));
      cards.add(new Card("BACKGRND", observing.background(), "[count/pixel] expected of the sky"));
    }
    if (observing.isVignetted()) {
      cards.add(
          new Card(
              "VIGNETT", observing.vignetting(), "exposure at a side's middle to the centre's"));
    }
    if (observing.psf() > 0) {
      cards.add(
          new Card("PSFFWHM", observing.psf(), "[kpc] of the Gaussian point-spread function"));
    }
    cards.add(new Card("OBJECT", id, "simulated cluster"));
    cards.add(new Card("AXIS", Simulator.AXES[axis], "line of sight"));
    cards.add(new Card("SEED", options.seed(), "of the dataset"));
    centre(cards, cluster);
    profiles(cards, cluster);
    features(cards, cluster, axis);
    return cards;
  }

  private static void centre(List<Card> cards, SimulatedCluster cluster) {
    CentralState centre = cluster.centre();
    cards.add(new Card("TCOOL", centre.coolingTime(), "[Gyr] within 0.012 R500"));
    cards.add(new Card("KCENTRE", centre.entropy(), "[keV cm2] within 0.012 R500"));
    cards.add(new Card("NECENTRE", centre.density(), "[cm-3] within 0.012 R500"));
  }

  private static void profiles(List<Card> cards, SimulatedCluster cluster) {
    EntropyProfile entropy = cluster.gas().entropy();
    PressureProfile pressure = cluster.gas().pressure();
    cards.add(new Card("M500", pressure.m500(), "[solMass]"));
    cards.add(new Card("R500", pressure.r500(), "[kpc]"));
    cards.add(new Card("K0", entropy.k0(), "[keV cm2] core entropy"));
    cards.add(new Card("K100", entropy.k100(), "[keV cm2] entropy at 100 kpc less K0"));
    cards.add(new Card("KALPHA", entropy.alpha(), "slope of the entropy"));
    cards.add(new Card("PRESSP0", pressure.shape().p0(), "pressure: normalisation"));
    cards.add(new Card("PRESSC", pressure.shape().c500(), "pressure: concentration c500"));
    cards.add(new Card("PRESSG", pressure.shape().gamma(), "pressure: inner slope"));
    cards.add(new Card("PRESSA", pressure.shape().alpha(), "pressure: sharpness of the bend"));
  }

  private static void features(List<Card> cards, SimulatedCluster cluster, int axis) {
    GasField field = cluster.field();
    cards.add(new Card("BOVERA", cluster.bOverA(), "middle to longest axis"));
    cards.add(new Card("COVERA", cluster.cOverA(), "shortest to longest axis"));
    cards.add(
        new Card("AXRATIO", field.body().view(axis).axisRatio(), "of the main body's ellipses"));
    cards.add(
        new Card("OFFSET", field.body().centre().getNorm(), "[kpc] gas to potential minimum"));
    cards.add(new Card("SLOSHING", field.sloshing() != null, "has a sloshing spiral"));
    cards.add(new Card("CAVITIES", field.cavities().size(), "how many"));
    cards.add(new Card("SHOCKS", field.shocks().size(), "how many"));
    cards.add(new Card("MERGER", !field.companions().isEmpty(), "has a second cluster"));
    cards.add(new Card("CLUMPS", field.clumps().size(), "groups and galaxies"));
  }
}
