package org.clusternet.data.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.simulate.gas.Cavity;
import org.clusternet.data.simulate.gas.Clump;
import org.clusternet.data.simulate.gas.Directions;
import org.clusternet.data.simulate.gas.Fluctuations;
import org.clusternet.data.simulate.gas.GasBody;
import org.clusternet.data.simulate.gas.GasField;
import org.clusternet.data.simulate.gas.PowerLawNoise;
import org.clusternet.data.simulate.gas.Shock;
import org.clusternet.data.simulate.gas.Sloshing;
import org.jspecify.annotations.Nullable;

/**
 * Draws the disturbances of the gas of one cluster. Each kind of feature has its own random stream,
 * so that changing one kind leaves the others unchanged.
 */
final class FeatureDraw {
  /** Features outside the main body, and how far they have displaced its gas. */
  record Companions(List<GasBody> bodies, List<Shock> shocks, Vector3D displacement) {
    static final Companions NONE = new Companions(List.of(), List.of(), Vector3D.ZERO);
  }

  /** Makes a body for a second cluster, given its mass, centre and random stream. */
  interface BodyDraw {
    GasBody draw(double mass, Vector3D centre, CounterRandom random);
  }

  private static final int SHELLS = 200;
  private static final double SHOCK_DEPTH = 0.35;
  private static final double SHOCK_STANDOFF = 1.25;
  private static final double SHOCK_OPENING = 0.45;

  private final GasFeatures features;
  private final double r500;
  private final double z;
  private final CounterRandom seeds;

  /**
   * Draws for one cluster.
   *
   * @param features distributions of the features
   * @param r500 r500 of the cluster in kpc
   * @param z log10(K0 / 100 keV cm^2)
   * @param seeds source of the seeds of the random streams
   */
  FeatureDraw(GasFeatures features, double r500, double z, CounterRandom seeds) {
    this.features = features;
    this.r500 = r500;
    this.z = z;
    this.seeds = seeds;
  }

  private CounterRandom stream(String kind) {
    return new CounterRandom(seeds.nextLong(), kind);
  }

  /** Offset of the gas from the potential minimum, without mergers. */
  Vector3D offset() {
    CounterRandom random = stream("offset");
    GasFeatures.Offset offset = features.offset();
    if (offset == null) {
      return Vector3D.ZERO;
    }
    Vector3D direction = Directions.random(random);
    double quiet = StrictMath.pow(10, offset.logQuiet().draw(z, random));
    double displaced = offset.displaced().draw(random);
    boolean disturbed = random.nextDouble() < offset.disturbed().draw(z, random);
    return direction.scalarMultiply(disturbed ? displaced : quiet);
  }

  /** A second cluster, the shock that it drives, and the displacement of the first one's gas. */
  Companions merger(double mass, BodyDraw bodies) {
    CounterRandom random = stream("merger");
    GasFeatures.Mergers merger = features.merger();
    if (merger == null || random.nextDouble() >= merger.probability().draw(z, random)) {
      return Companions.NONE;
    }
    double ratio = StrictMath.pow(10, merger.logMassRatio().draw(random));
    double distance = merger.distance().draw(random) * r500;
    Vector3D direction = Directions.random(random);
    Vector3D away = Directions.random(random);
    double displaced = merger.displacement().draw(random) * distance * ratio;
    List<Shock> shocks = new ArrayList<>();
    if (random.nextDouble() < merger.shockShare()) {
      double radius = SHOCK_STANDOFF * distance;
      shocks.add(
          new Shock(
              Vector3D.ZERO,
              direction,
              radius,
              SHOCK_DEPTH * radius,
              SHOCK_OPENING,
              merger.mach().draw(random)));
    }
    GasBody body = bodies.draw(ratio * mass, direction.scalarMultiply(distance), random);
    return new Companions(List.of(body), shocks, away.scalarMultiply(displaced));
  }

  /** A spiral, if the cluster has one. */
  @Nullable Sloshing sloshing() {
    CounterRandom random = stream("sloshing");
    GasFeatures.Sloshers sloshing = features.sloshing();
    if (sloshing == null || random.nextDouble() >= sloshing.probability().draw(z, random)) {
      return null;
    }
    double sense = random.nextDouble() < 0.5 ? -1 : 1;
    return new Sloshing(
        Directions.random(random),
        sloshing.amplitude().draw(random),
        sloshing.radius().draw(random),
        sloshing.width().draw(random),
        sense * sloshing.winding().draw(random),
        2 * Math.PI * random.nextDouble());
  }

  /** Cavities around a centre, in pairs. */
  List<Cavity> cavities(Vector3D centre) {
    CounterRandom random = stream("cavities");
    GasFeatures.Cavities cavities = features.cavities();
    List<Cavity> found = new ArrayList<>();
    if (cavities == null) {
      return found;
    }
    double probability = cavities.probability().draw(z, random);
    Vector3D jet = Directions.random(random);
    double distance = cavities.distance().draw(random);
    double share = random.nextDouble();
    if (share < probability) {
      pair(found, cavities, centre, jet, distance, random);
    }
    if (share < probability / 2) {
      Vector3D second = tilted(jet, cavities.tilt(), random);
      pair(found, cavities, centre, second, 2.5 * distance, random);
    }
    return found;
  }

  private static void pair(
      List<Cavity> found,
      GasFeatures.Cavities cavities,
      Vector3D centre,
      Vector3D jet,
      double distance,
      CounterRandom random) {
    for (int side = -1; side <= 1; side += 2) {
      Vector3D direction = tilted(jet, cavities.tilt(), random);
      double size = cavities.size().draw(random) * distance;
      double density = cavities.density().draw(random);
      double rim = cavities.rim().draw(random);
      found.add(
          new Cavity(centre.add(direction.scalarMultiply(side * distance)), size, density, rim));
    }
  }

  private static Vector3D tilted(Vector3D direction, double tilt, CounterRandom random) {
    Vector3D turned =
        direction.add(Directions.random(random).scalarMultiply(tilt * random.nextDouble()));
    return turned.scalarMultiply(1 / turned.getNorm());
  }

  /** Groups and galaxies within the gas of a profile. */
  List<Clump> clumps(GasProfile gas, Function<CounterRandom, Ellipsoid> shapes) {
    CounterRandom random = stream("clumps");
    GasFeatures.Clumps clumps = features.clumps();
    List<Clump> found = new ArrayList<>();
    if (clumps == null || clumps.count() == 0) {
      return found;
    }
    double smooth = luminosity(gas, r500);
    double total = smooth * StrictMath.pow(10, clumps.logLight().draw(z, random));
    double kT = gas.temperature(r500 / 2);
    double[] share = shares(clumps, random);
    for (double part : share) {
      double scale = StrictMath.cbrt(part * share.length);
      double distance =
          r500 * (clumps.nearest() + random.nextDouble() * (clumps.farthest() - clumps.nearest()));
      found.add(
          new Clump(
              Directions.random(random).scalarMultiply(distance),
              shapes.apply(random),
              clumps.coreRadius().draw(random) * scale,
              part * total,
              Math.max(0.5, kT * StrictMath.pow(part * total / smooth, 0.4))));
    }
    return found;
  }

  /** Luminosities by dN/dL proportional to L^-slope, as parts of their sum. */
  private static double[] shares(GasFeatures.Clumps clumps, CounterRandom random) {
    double[] share = new double[clumps.count()];
    double power = 1 - clumps.slope();
    double low = StrictMath.pow(clumps.contrast(), power);
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      share[i] = StrictMath.pow(low + random.nextDouble() * (1 - low), 1 / power);
      sum += share[i];
    }
    for (int i = 0; i < share.length; i++) {
      share[i] /= sum;
    }
    return share;
  }

  /** The luminosity within a sphere of undisturbed gas, in erg/s. */
  private static double luminosity(GasProfile gas, double radius) {
    double sum = 0;
    double step = 1.0 / SHELLS;
    for (int i = 0; i < SHELLS; i++) {
      double t = (i + 0.5) * step;
      double r = radius * t * t;
      sum += 4 * Math.PI * r * r * gas.emissivity(r) * 2 * radius * t * step;
    }
    return sum * Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;
  }

  /** Fluctuations of the density, if the population has any. */
  @Nullable Fluctuations fluctuations(@Nullable PowerLawNoise noise) {
    CounterRandom random = stream("fluctuations");
    GasFeatures.Turbulence turbulence = features.turbulence();
    return turbulence == null || noise == null
        ? null
        : new Fluctuations(noise, turbulence.largest() * r500, turbulence.octaves(), random);
  }

  /** How strong the fluctuations are. */
  GasField.@Nullable Roughness roughness() {
    CounterRandom random = stream("roughness");
    GasFeatures.Turbulence turbulence = features.turbulence();
    return turbulence == null
        ? null
        : new GasField.Roughness(
            StrictMath.pow(10, turbulence.logInner().draw(z, random)),
            turbulence.outer().draw(random),
            turbulence.exponent(),
            r500);
  }
}
