package org.clusternet.benchmark;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.projection.CellDeposit;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.tng.GasOptions;
import org.clusternet.data.tng.TngProjector;
import org.jspecify.annotations.Nullable;

/**
 * Projection of a simulated halo's gas: one view of its cells, drawn by one thread, and all of
 * {@code cluster-net project}, from the cutout's file to three images along its axes.
 *
 * <p>The halo resembles IllustrisTNG's in its numbers: cells of 4.6e7 solar masses (TNG300: about
 * 1e7) of an isothermal gas, whose mass grows in proportion to the radius up to 2 Mpc. Their
 * kernels then reach from a tenth of a pixel to 28 pixels, with a median of 18.
 */
final class ProjectionCases {
  private static final int SEED = 5;
  private static final SkyGrid GRID = new SkyGrid(1024, 4);
  private static final int CELLS = 131_072;
  private static final int VIEWS = 3;

  /** Number of cells of the whole halo, of which {@value #CELLS} are drawn. */
  private static final double HALO_CELLS = 262_144;

  private static final double REACH = 2000;
  private static final double LEAST_RADIUS = 0.5;
  private static final double HUBBLE = 0.7;
  private static final double BOX = 205_000;
  private static final float MASS = 3.2e-3f;

  private ProjectionCases() {}

  /** The cases, the same for every task except for the threads. */
  static List<BenchCase> of(BenchTask task) {
    double view = Double.BYTES * (double) GRID.size() * GRID.size();
    double drawn = 4.0 * Double.BYTES * CELLS + view;
    double file = (3 * Double.BYTES + 5 * Float.BYTES) * (double) CELLS;
    return List.of(
        new BenchCase("deposit", new Work(0, drawn), 1, CELLS, false, device -> new Deposit()),
        new BenchCase(
            "project",
            new Work(0, file + VIEWS * view),
            VIEWS,
            CELLS,
            false,
            device -> new Projection(task.threads())));
  }

  /** The cells: positions in kpc from the centre, and volumes in kpc^3. */
  private record Cells(double[][] places, double[] volumes) {
    static Cells draw() {
      CounterRandom random = new CounterRandom(SEED, "bench cells");
      double[][] places = new double[CELLS][3];
      double[] volumes = new double[CELLS];
      for (int i = 0; i < CELLS; i++) {
        double radius = LEAST_RADIUS + (REACH - LEAST_RADIUS) * random.nextDouble();
        double cosine = 2 * random.nextDouble() - 1;
        double angle = 2 * Math.PI * random.nextDouble();
        double across = radius * Math.sqrt(1 - cosine * cosine);
        places[i][0] = across * Math.cos(angle);
        places[i][1] = across * Math.sin(angle);
        places[i][2] = radius * cosine;
        volumes[i] = 4 * Math.PI * REACH * radius * radius / HALO_CELLS;
      }
      return new Cells(places, volumes);
    }
  }

  private static final class Deposit implements BenchCase.Opened {
    private final Cells cells = Cells.draw();
    private @Nullable CellDeposit deposit;

    @Override
    public void run() {
      CellDeposit fresh = new CellDeposit(GRID);
      for (int i = 0; i < CELLS; i++) {
        double[] place = cells.places()[i];
        fresh.add(place[0], place[1], cells.volumes()[i], 1 / cells.volumes()[i]);
      }
      deposit = fresh;
    }

    @Override
    public void close() {
      CellDeposit last = Objects.requireNonNull(deposit, "closed before the first run");
      double share = last.beyond() / last.total();
      if (!(last.total() > 0 && Math.abs(share) < 1e-2)) {
        throw new IllegalStateException("deposit: share of light beyond the image=" + share);
      }
    }
  }

  private static final class Projection extends ScratchFolder {
    private final Path cutout = path("cutout_1.hdf5");
    private final TngProjector.Options options;

    Projection(int threads) {
      options = new TngProjector.Options(GRID, Optional.empty(), GasOptions.DEFAULT, threads);
      write(Cells.draw());
    }

    /** In code units: lengths in comoving kpc/h at redshift 0, masses in 1e10 solar masses/h. */
    private void write(Cells cells) {
      double[][] places = new double[CELLS][3];
      float[] densities = new float[CELLS];
      for (int i = 0; i < CELLS; i++) {
        for (int axis = 0; axis < 3; axis++) {
          places[i][axis] = BOX / 2 + HUBBLE * cells.places()[i][axis];
        }
        densities[i] = (float) (MASS / (cells.volumes()[i] * HUBBLE * HUBBLE * HUBBLE));
      }
      try (WritableHdfFile hdf = HdfFile.write(cutout)) {
        WritableGroup header = hdf.putGroup("Header");
        header.putAttribute("Redshift", 0.0);
        header.putAttribute("Time", 1.0);
        header.putAttribute("HubbleParam", HUBBLE);
        header.putAttribute("BoxSize", BOX);
        header.putAttribute("GroupPos", new double[] {BOX / 2, BOX / 2, BOX / 2});
        header.putAttribute("Group_R_Crit500", 700.0);
        WritableGroup gas = hdf.putGroup("PartType0");
        gas.putDataset("Coordinates", places);
        gas.putDataset("Masses", filled(MASS));
        gas.putDataset("Density", densities);
        gas.putDataset("InternalEnergy", filled(1e6f));
        gas.putDataset("ElectronAbundance", filled(1.16f));
        gas.putDataset("StarFormationRate", filled(0));
      }
    }

    private static float[] filled(float value) {
      float[] values = new float[CELLS];
      Arrays.fill(values, value);
      return values;
    }

    @Override
    public void run() {
      Path out = path("dataset");
      TngProjector.run(List.of(cutout), out, options, BatchProgress.NONE);
      delete(out);
    }
  }
}
