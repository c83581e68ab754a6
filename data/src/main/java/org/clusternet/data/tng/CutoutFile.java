package org.clusternet.data.tng;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.clusternet.data.DataException;

/**
 * A halo cutout as the TNG API serves it, or a snapshot file of the same layout: the group {@code
 * Header} with attributes and {@code PartType0} with the gas cells.
 *
 * <p>HDF5 is read by jHDF. A file that is shorter than its superblock states is refused here,
 * because jHDF would replace the missing part by other bytes of the file.
 */
final class CutoutFile implements AutoCloseable {
  private static final String GAS = "PartType0";
  private static final String FIELDS =
      "Coordinates,Masses,Density,InternalEnergy,ElectronAbundance,StarFormationRate";

  private final Path path;
  private final HdfFile hdf;
  private final SnapshotHeader header;
  private final Group gas;
  private final long cells;

  private CutoutFile(Path path, HdfFile hdf) {
    this.path = path;
    this.hdf = hdf;
    requireComplete();
    header = SnapshotHeader.read(new Attributes(path, group("Header")));
    gas = group(GAS);
    cells = column("Coordinates", 3, -1).rows();
    if (cells < 1) {
      throw new DataException(
          "%s: %s has no cells; a halo without gas has no X-ray image, so omit it"
              .formatted(path, GAS));
    }
  }

  /**
   * Opens a cutout and checks its header.
   *
   * @param path the file
   * @return the cutout; must be closed
   * @throws DataException if the file is missing, not HDF5 or truncated, or has no header, gas or
   *     required attribute
   */
  static CutoutFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path
              + (Files.isDirectory(path)
                  ? ": is a folder; name the cutouts in it"
                  : ": no such file; check the path"));
    }
    HdfFile hdf;
    try {
      hdf = new HdfFile(path);
    } catch (RuntimeException e) {
      throw new DataException(
          "%s: is not a readable HDF5 file: %s; get the cutout again, or rewrite it with h5repack"
              .formatted(path, Reason.of(e)),
          e);
    }
    try {
      return new CutoutFile(path, hdf);
    } catch (RuntimeException e) {
      hdf.close();
      throw e instanceof DataException ? e : unreadable(path, e);
    }
  }

  private static DataException unreadable(Path path, RuntimeException e) {
    return new DataException(
        "%s: cannot be read: %s; get the cutout again, or rewrite it with h5repack"
            .formatted(path, Reason.of(e)),
        e);
  }

  private void requireComplete() {
    try (FileChannel channel = FileChannel.open(path)) {
      long end = Superblock.readSuperblock(channel, hdf.getUserBlockSize()).getEndOfFileAddress();
      if (channel.size() < end) {
        throw new DataException(
            "%s: is truncated, size=%d bytes of %d; get the cutout again"
                .formatted(path, channel.size(), end));
      }
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + Reason.of(e), e);
    }
  }

  Path path() {
    return path;
  }

  SnapshotHeader header() {
    return header;
  }

  /** Number of gas cells, at least 1. */
  long cells() {
    return cells;
  }

  /**
   * A quantity of every gas cell.
   *
   * @param name the dataset in {@code PartType0}
   * @param width values per cell
   * @throws DataException if there is no such dataset or its shape differs
   */
  Column column(String name, int width) {
    return column(name, width, cells);
  }

  private Column column(String name, int width, long rows) {
    Node node = gas.getChild(name);
    if (!(node instanceof Dataset dataset)) {
      boolean metals = name.equals("GFM_Metallicity");
      throw new DataException(
          "%s: %s has no dataset=%s; get the cutout with gas=%s%s"
              .formatted(
                  path,
                  GAS,
                  name,
                  FIELDS + (metals ? "," + name : ""),
                  metals ? ", or use the fixed metallicity" : ""));
    }
    return Column.open(path, dataset, GAS + "/" + name, width, rows);
  }

  /**
   * A property of the halo itself, if it has been added to the file: an attribute of {@code
   * Header}, or in a group {@code Group} an attribute or a dataset of one row, as in a group
   * catalogue.
   *
   * @param name such as GroupPos
   * @param count number of values
   * @throws DataException if it is there but has another number of values
   */
  Optional<double[]> haloProperty(String name, int count) {
    double[] values = new Attributes(path, group("Header")).numbers(name);
    String where = "Header/" + name;
    if (values.length == 0 && hdf.getChildren().get("Group") instanceof Group catalogue) {
      where = "Group/" + name;
      values = new Attributes(path, catalogue).numbers(name);
      if (values.length == 0 && catalogue.getChild(name) instanceof Dataset dataset) {
        values = all(dataset, where);
      }
    }
    if (values.length != 0 && values.length != count) {
      throw new DataException(
          "%s: %s has values=%d where one halo has %d; keep that of the cutout's halo only, or give a table with --halos"
              .formatted(path, where, values.length, count));
    }
    return values.length == 0 ? Optional.empty() : Optional.of(values);
  }

  private double[] all(Dataset dataset, String name) {
    try {
      return dataset.isEmpty()
          ? new double[0]
          : Numbers.flat(dataset.getData())
              .orElseThrow(() -> new DataException(path + ": " + name + " holds no numbers"));
    } catch (HdfException e) {
      throw new DataException("%s: %s cannot be read: %s".formatted(path, name, Reason.of(e)), e);
    }
  }

  private Group group(String name) {
    if (hdf.getChildren().get(name) instanceof Group group) {
      return group;
    }
    throw new DataException(
        "%s: has no group=%s; name a cutout of a TNG halo with its gas (it has %s)"
            .formatted(path, name, String.join(", ", hdf.getChildren().keySet())));
  }

  @Override
  public void close() {
    hdf.close();
  }
}
