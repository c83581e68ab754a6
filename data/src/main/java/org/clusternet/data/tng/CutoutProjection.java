package org.clusternet.data.tng;

import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.projection.CellDeposit;
import org.clusternet.data.projection.SkyGrid;

/**
 * Projects one cutout along x, y and z in one pass through the file.
 *
 * <p>While one piece of {@value Column#ROWS} cells is drawn the next is read. Each axis has two
 * deposits, for every second cell of a piece, that are added up at the end: seven tasks of a fixed
 * content, so the sums are the same on any number of threads. Memory: 48 bytes a pixel for the
 * deposits, 12 more while an image is written, and 11 MB for two pieces and the values read, plus a
 * window for every dataset of one piece or one chunk of the file, whichever is more. Memory does
 * not depend on the number of cells: a million of them are drawn at 1024 x 1024 in a heap of 128
 * MB.
 */
final class CutoutProjection {
  private static final int AXES = 3;
  private static final int HALVES = 2;

  private final CellReader reader;
  private final int pieces;
  private final int threads;
  private final CellDeposit[][] deposits = new CellDeposit[AXES][HALVES];
  private GasBlock current = new GasBlock();
  private GasBlock next = new GasBlock();

  /**
   * Opens the required datasets of a cutout.
   *
   * @param file the cutout
   * @param halo centre and r500 of the halo
   * @param gas selection and emission of cells
   * @param grid size and scale of the images
   * @param threads number of threads, at least 1
   */
  CutoutProjection(CutoutFile file, Halo halo, GasOptions gas, SkyGrid grid, int threads) {
    reader = new CellReader(file, halo, gas);
    pieces = CellReader.pieces(file.cells());
    this.threads = threads;
    for (CellDeposit[] halves : deposits) {
      for (int half = 0; half < HALVES; half++) {
        halves[half] = new CellDeposit(grid);
      }
    }
  }

  /**
   * Reads and draws all cells.
   *
   * @param ticks called after each piece
   * @throws DataException if the file cannot be read, a value is out of its range, or no cell is
   *     hot
   */
  void run(Runnable ticks) {
    reader.read(0, next);
    for (int piece = 1; piece <= pieces; piece++) {
      GasBlock drawn = next;
      next = current;
      current = drawn;
      int following = piece;
      Batch.run(AXES * HALVES + 1, threads, BatchProgress.NONE, task -> run(task, following));
      ticks.run();
    }
    if (reader.hot() == 0) {
      throw new DataException(
          "%s: has no hot gas: cells=%d, star-forming=%d, the others below the minimum temperature; check that InternalEnergy is in (km/s)^2"
              .formatted(
                  reader.path(), reader.cold() + reader.starForming(), reader.starForming()));
    }
    for (CellDeposit[] halves : deposits) {
      halves[0].add(halves[1]);
    }
  }

  private void run(int task, int following) {
    if (task > 0) {
      int axis = (task - 1) / HALVES;
      int half = (task - 1) % HALVES;
      current.draw(axis, half, deposits[axis][half]);
    } else if (following < pieces) {
      reader.read(following, next);
    }
  }

  /** The projection along an axis, 0, 1 or 2 for x, y or z, after {@link #run(Runnable)}. */
  CellDeposit view(int axis) {
    return deposits[axis][0];
  }

  /** The reader of the cells, with its statistics. */
  CellReader cells() {
    return reader;
  }
}
