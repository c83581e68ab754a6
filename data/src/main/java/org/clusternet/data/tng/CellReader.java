package org.clusternet.data.tng;

import java.nio.file.Path;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;

/**
 * Reads the gas cells of a cutout in pieces, converts them to physical units and keeps those that
 * emit X-rays.
 *
 * <p>Star-forming cells are dropped, because their temperature is that of an effective equation of
 * state (Springel and Hernquist 2003, MNRAS 339, 289) and not of a gas, and so are cells below the
 * lowest temperature. Positions are taken relative to the halo's centre across the box's periodic
 * border. Pieces must be read in order, because the sums for the central cooling time are computed
 * on the way.
 */
final class CellReader {
  private static final double MARGIN = 1e-3;
  private static final Range MASS = new Range("PartType0/Masses", 1e-9, 1e2, "1e10 Msun/h");
  private static final Range DENSITY =
      new Range("PartType0/Density", 1e-16, 1e3, "1e10 Msun/h / (ckpc/h)^3");
  private static final Range ENERGY = new Range("PartType0/InternalEnergy", 1e-3, 1e9, "(km/s)^2");
  private static final Range ELECTRONS =
      new Range("PartType0/ElectronAbundance", 0, 2, "electrons per hydrogen nucleus");
  private static final Range STARS = new Range("PartType0/StarFormationRate", 0, 1e5, "Msun/yr");
  private static final Range METALS =
      new Range("PartType0/GFM_Metallicity", -1e-6, 1, "(mass fraction)");

  private final CutoutFile file;
  private final CodeUnits units;
  private final double box;
  private final double[] centre;
  private final double leastTemperature;
  private final Range place;
  private final Column[] columns;
  private final double[][] values;
  private final CentralGas core;
  private long hot;
  private long starForming;

  /**
   * Opens the required datasets of a cutout.
   *
   * @param file the cutout
   * @param halo centre and r500 of the halo
   * @param gas selection and emission of cells
   * @throws org.clusternet.data.DataException if a dataset is missing or has another shape
   */
  CellReader(CutoutFile file, Halo halo, GasOptions gas) {
    this.file = file;
    units = file.header().units();
    box = file.header().boxSize();
    centre = new double[] {halo.x(), halo.y(), halo.z()};
    leastTemperature = gas.leastTemperature() * Units.BOLTZMANN_KEV_K;
    place =
        new Range("PartType0/Coordinates", -box * (1 + MARGIN), 2 * box * (1 + MARGIN), "ckpc/h");
    core = new CentralGas(halo.r500Kpc(units));
    boolean metals = gas.metallicity() == GasOptions.Metallicity.CELLS;
    columns = new Column[metals ? 7 : 6];
    columns[0] = file.column("Coordinates", 3);
    columns[1] = file.column("Masses", 1);
    columns[2] = file.column("Density", 1);
    columns[3] = file.column("InternalEnergy", 1);
    columns[4] = file.column("ElectronAbundance", 1);
    columns[5] = file.column("StarFormationRate", 1);
    if (metals) {
      columns[6] = file.column("GFM_Metallicity", 1);
    }
    values = new double[columns.length][Column.ROWS];
    values[0] = new double[3 * Column.ROWS];
  }

  /** Number of pieces for a number of cells. */
  static int pieces(long cells) {
    return Math.toIntExact((cells + Column.ROWS - 1) / Column.ROWS);
  }

  /**
   * Reads a piece.
   *
   * @param piece number of the piece, from 0, in order
   * @param block output: its hot cells
   * @throws org.clusternet.data.DataException if the file cannot be read or a value is out of its
   *     range
   */
  void read(int piece, GasBlock block) {
    long start = (long) piece * Column.ROWS;
    int count = (int) Math.min(Column.ROWS, file.cells() - start);
    for (int i = 0; i < columns.length; i++) {
      columns[i].read(start, count, values[i]);
    }
    block.clear();
    double[] position = new double[3];
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int axis = 0; axis < 3; axis++) {
        double at = checked(place, start, i, values[0][3 * i + axis]);
        position[axis] = nearestImage(at - centre[axis]) * units.kpc();
        squares += position[axis] * position[axis];
      }
      take(start, i, position, Math.sqrt(squares), block);
    }
  }

  private void take(long start, int i, double[] position, double distance, GasBlock block) {
    double mass = checked(MASS, start, i, values[1][i]);
    double density = checked(DENSITY, start, i, values[2][i]);
    double energy = checked(ENERGY, start, i, values[3][i]);
    double electrons = checked(ELECTRONS, start, i, values[4][i]);
    if (checked(STARS, start, i, values[5][i]) > 0) {
      starForming++;
      return;
    }
    GasCell cell = GasCell.of(units, mass, density, energy, electrons);
    if (cell.kT() < leastTemperature || electrons == 0) {
      return;
    }
    double lambda =
        columns.length == 6
            ? Plasma.coolingFunction(cell.kT())
            : Plasma.coolingFunction(
                cell.kT(),
                Math.max(0, checked(METALS, start, i, values[6][i])) / Plasma.SOLAR_METAL_FRACTION);
    double luminosity = cell.luminosity(lambda);
    core.add(distance, cell.volume(), luminosity, cell.coolingTime(lambda));
    block.add(position, cell.volume(), luminosity);
    hot++;
  }

  private double checked(Range range, long start, int i, double value) {
    if (!range.holds(value)) {
      throw range.ofCell(file.path(), start + i, value);
    }
    return value;
  }

  private double nearestImage(double offset) {
    return offset - box * Math.rint(offset / box);
  }

  Path path() {
    return file.path();
  }

  /** The gas at the centre, of the pieces read so far. */
  CentralGas core() {
    return core;
  }

  /** Number of hot cells in the pieces read so far. */
  long hot() {
    return hot;
  }

  /** Number of cells dropped because they form stars. */
  long starForming() {
    return starForming;
  }

  /** Number of cells dropped because they are cold or neutral. */
  long cold() {
    return file.cells() - hot - starForming;
  }
}
