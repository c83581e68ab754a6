package org.clusternet.data.tng;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.clusternet.data.DataException;

/**
 * The snapshot of a cutout, from its group {@code Header}.
 *
 * @param redshift z
 * @param units units of lengths and masses
 * @param boxSize side of the periodic box in comoving kpc/h
 * @param omegaMatter density of matter, 0.3089 (TNG's) if the header has none
 * @param simulation name of the simulation, where known
 * @param snapshot number of the snapshot, where known
 * @param cutout number of the halo or subhalo, where known
 * @param ofSubhalo whether {@code cutout} is the number of a subhalo
 */
record SnapshotHeader(
    double redshift,
    CodeUnits units,
    double boxSize,
    double omegaMatter,
    Optional<String> simulation,
    OptionalLong snapshot,
    OptionalLong cutout,
    boolean ofSubhalo) {

  private static final Range REDSHIFT = new Range("Header/Redshift", 0, 20, "");
  private static final Range HUBBLE =
      new Range("Header/HubbleParam", 0.4, 1, "(H0 / 100 km/s/Mpc)");
  private static final Range BOX = new Range("Header/BoxSize", 1e3, 1e8, "ckpc/h");
  private static final Range OMEGA = new Range("Header/Omega0", 0.01, 1, "");
  private static final double TNG_OMEGA = 0.3089;
  private static final double TOLERANCE = 1e-3;

  /**
   * Reads and checks a header.
   *
   * @throws DataException if an attribute is missing, not a number, out of its range, or Time
   *     contradicts Redshift
   */
  static SnapshotHeader read(Attributes header) {
    Object file = header.file();
    double redshift = REDSHIFT.require(file, header.require("Redshift"));
    double hubble = HUBBLE.require(file, header.require("HubbleParam"));
    double box = BOX.require(file, side(header));
    double scale = 1 / (1 + redshift);
    double time = header.require("Time");
    if (!(Math.abs(time / scale - 1) < TOLERANCE)) {
      throw new DataException(
          "%s: Header/Time=%s contradicts Header/Redshift=%s (scale factor %s); get the file again"
              .formatted(file, time, redshift, scale));
    }
    double omega =
        header.number("Omega0").isPresent()
            ? OMEGA.require(file, header.require("Omega0"))
            : TNG_OMEGA;
    return new SnapshotHeader(
        redshift,
        new CodeUnits(scale, hubble),
        box,
        omega,
        header.text("SimulationName"),
        whole(header, "SnapshotNumber"),
        whole(header, "CutoutID"),
        header.text("CutoutType").filter("subhalo"::equalsIgnoreCase).isPresent());
  }

  /** The side of the box, which SWIFT and Gadget-4 write once for each axis. */
  private static double side(Attributes header) {
    double[] sides = header.numbers("BoxSize");
    if (sides.length != 3) {
      return header.require("BoxSize");
    }
    if (sides[0] != sides[1] || sides[0] != sides[2]) {
      throw new DataException(
          "%s: Header/BoxSize=%s has unequal sides where a cube is expected; the projection needs a periodic cube"
              .formatted(header.file(), Arrays.toString(sides)));
    }
    return sides[0];
  }

  private static OptionalLong whole(Attributes header, String name) {
    return header.number(name).stream().mapToLong(Math::round).findFirst();
  }
}
