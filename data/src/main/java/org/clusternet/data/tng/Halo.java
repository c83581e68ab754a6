package org.clusternet.data.tng;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.clusternet.data.DataException;
import org.clusternet.data.physics.Cosmology;

/**
 * Position and size of a halo in code units: the group catalogue's GroupPos (its most bound
 * particle), Group_R_Crit500 and Group_M_Crit500.
 *
 * @param id number in the group catalogue, where known
 * @param x first coordinate of the centre
 * @param y second coordinate of the centre
 * @param z third coordinate of the centre
 * @param r500 radius of 500 times the critical density
 * @param m500 mass within r500, where known
 */
record Halo(OptionalLong id, double x, double y, double z, double r500, OptionalDouble m500) {
  /** Column, attribute or dataset of the centre. */
  static final String CENTRE = "GroupPos";

  /** Column, attribute or dataset of the radius. */
  static final String RADIUS = "Group_R_Crit500";

  /** Column, attribute or dataset of the mass. */
  static final String MASS = "Group_M_Crit500";

  private static final Range RADII = new Range(RADIUS, 20, 2e4, "ckpc/h");
  private static final Range MASSES = new Range(MASS, 1, 1e6, "1e10 Msun/h");

  /** M500 = 4/3 pi 500 rho_c r500^3 by definition; catalogues hold it in floats. */
  private static final double TOLERANCE = 0.03;

  /**
   * The halo of a cutout, from the table if there is one, else from the file itself.
   *
   * @throws DataException if it is in neither, a value is out of range, or mass and radius
   *     contradict each other
   */
  static Halo of(CutoutFile file, Optional<HaloTable> table) {
    Halo halo = table.isPresent() ? table.get().find(file) : inFile(file);
    halo.check(file);
    return halo.inside(file.header().boxSize());
  }

  private static Halo inFile(CutoutFile file) {
    double[] centre = require(file, CENTRE, 3);
    double[] radius = require(file, RADIUS, 1);
    OptionalDouble mass =
        file.haloProperty(MASS, 1).stream().mapToDouble(values -> values[0]).findFirst();
    OptionalLong id = file.header().ofSubhalo() ? OptionalLong.empty() : file.header().cutout();
    return new Halo(id, centre[0], centre[1], centre[2], radius[0], mass);
  }

  private static double[] require(CutoutFile file, String name, int count) {
    return file.haloProperty(name, count)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: has no %s (neither an attribute of Header nor in Group); give --halos, a table with the halo's %s and %s"
                        .formatted(file.path(), name, CENTRE, RADIUS)));
  }

  private void check(CutoutFile file) {
    SnapshotHeader header = file.header();
    double side = header.boxSize();
    Range centre =
        new Range(CENTRE, -side, 2 * side, "ckpc/h (the box and its periodic neighbours)");
    centre.require(file.path(), x);
    centre.require(file.path(), y);
    centre.require(file.path(), z);
    RADII.require(file.path(), r500);
    if (m500.isPresent()) {
      MASSES.require(file.path(), m500.getAsDouble());
      Cosmology cosmology = new Cosmology(100 * header.units().hubble(), header.omegaMatter());
      double expected =
          cosmology.r500(m500.getAsDouble() * header.units().solarMasses(), header.redshift())
              / header.units().kpc();
      if (!(Math.abs(r500 / expected - 1) < TOLERANCE)) {
        throw new DataException(
            "%s: %s=%s ckpc/h contradicts %s=%s 1e10 Msun/h, which has %.1f ckpc/h at redshift %s; check units, halo and snapshot"
                .formatted(
                    file.path(),
                    RADIUS,
                    r500,
                    MASS,
                    m500.getAsDouble(),
                    expected,
                    header.redshift()));
      }
    }
  }

  /** This halo with its centre in the periodic box of a side; coordinates within it are kept. */
  private Halo inside(double side) {
    return new Halo(id, wrapped(x, side), wrapped(y, side), wrapped(z, side), r500, m500);
  }

  private static double wrapped(double coordinate, double side) {
    boolean inside = coordinate >= 0 && coordinate <= side;
    return inside ? coordinate : coordinate - side * Math.floor(coordinate / side);
  }

  /** r500 in kpc. */
  double r500Kpc(CodeUnits units) {
    return r500 * units.kpc();
  }
}
