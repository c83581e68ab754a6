package org.clusternet.observing;

import java.nio.file.Path;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;

/**
 * The clusters that are observed, simulated once without noise.
 *
 * @param clusters number of clusters, three images each
 * @param size side of the images in pixels
 * @param kpcPerPixel side of a pixel in kpc
 * @param mix mix of core types
 * @param seed random seed; another than that of the models' training images
 */
public record StudySample(int clusters, int size, double kpcPerPixel, ClassMix mix, long seed) {
  /** Checks the numbers. */
  public StudySample {
    new SkyGrid(size, kpcPerPixel);
  }

  void simulate(Path folder, int threads, BatchProgress progress) {
    Simulator.Options options =
        new Simulator.Options(clusters, new SkyGrid(size, kpcPerPixel), mix, seed, threads);
    Simulator.run(folder, options, progress);
  }
}
