package org.clusternet.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;

/**
 * Work on images before the network: simulating, loading a dataset folder, preprocessing alone, and
 * projecting ({@link ProjectionCases}). It runs on no device; the images are the simulator's 512 x
 * 512, of which the central 256 x 256 are read.
 */
public final class DataCases {
  private static final int SEED = 5;
  private static final SkyGrid GRID = new SkyGrid(512, 4);
  private static final int PROJECTIONS = 3;
  private static final int FILE_SIDE = 512;

  private DataCases() {}

  /** The cases, with about as many images as the task's batch, except for projections. */
  public static List<BenchCase> of(BenchTask task) {
    int clusters = (task.batch() + PROJECTIONS - 1) / PROJECTIONS;
    int images = clusters * PROJECTIONS;
    double crop = (double) Preprocessing.PAPER_SIZE * Preprocessing.PAPER_SIZE;
    double input = (double) task.size() * task.size();
    double file = (double) FILE_SIDE * FILE_SIDE;
    double prepared = images * (Double.BYTES * crop + Float.BYTES * input);
    double loaded = images * (Double.BYTES * file + Float.BYTES * input);
    List<BenchCase> cases = new ArrayList<>();
    Collections.addAll(
        cases,
        run("preprocess", prepared, images, () -> new Preparation(task, clusters)),
        run("load", loaded, images, () -> new Loading(task, clusters)),
        run("simulate", images * Double.BYTES * file, images, () -> new Simulation(clusters)));
    cases.addAll(ProjectionCases.of(task));
    return cases;
  }

  private interface Maker {
    BenchCase.Opened make();
  }

  private static BenchCase run(String name, double bytes, int images, Maker maker) {
    return new BenchCase(name, new Work(0, bytes), images, false, device -> maker.make());
  }

  private static Preprocessing preprocessing(BenchTask task) {
    return new Preprocessing(Preprocessing.PAPER_SIZE, task.size());
  }

  /** A folder of simulated clusters. */
  private abstract static class Folder extends ScratchFolder {
    List<CatalogEntry> simulate(Path to, int clusters) {
      int threads = Runtime.getRuntime().availableProcessors();
      Simulator.Options options =
          new Simulator.Options(clusters, GRID, ClassMix.NATIVE, SEED, threads);
      return Simulator.run(to, options, (done, total) -> {});
    }
  }

  private static final class Preparation extends Folder {
    private final Preprocessing preprocessing;
    private final List<Image> images = new ArrayList<>();

    Preparation(BenchTask task, int clusters) {
      preprocessing = preprocessing(task);
      Path folder = path("dataset");
      for (CatalogEntry entry : simulate(folder, clusters)) {
        images.add(FitsFile.read(folder.resolve(entry.file())));
      }
    }

    @Override
    public void run() {
      for (Image image : images) {
        preprocessing.apply(image, "benchmark");
      }
    }
  }

  private static final class Loading extends Folder {
    private final BenchTask task;

    Loading(BenchTask task, int clusters) {
      this.task = task;
      simulate(path("dataset"), clusters);
    }

    @Override
    public void run() {
      Dataset.load(path("dataset"), preprocessing(task), task.threads(), (done, total) -> {});
    }
  }

  private static final class Simulation extends Folder {
    private final int clusters;

    Simulation(int clusters) {
      this.clusters = clusters;
    }

    @Override
    public void run() {
      simulate(path("dataset"), clusters);
      delete(path("dataset"));
    }
  }
}
