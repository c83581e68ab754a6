package org.clusternet.data.tng;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Cutouts written by jHDF: fields and attributes that a test can change, drop or damage. */
final class CutoutBuilder {
  /** Side of the box, ckpc/h. */
  static final double BOX = 205000;

  final Map<String, Object> header = new LinkedHashMap<>();
  final Map<String, Object> gas = new LinkedHashMap<>();
  private DatasetCreationOptions layout = DatasetCreationOptions.DEFAULT;

  /** Gas of 4 keV and n_e of some 1e-3 in {@code cells} cells at the centre, at z = 0, h = 0.7. */
  CutoutBuilder(int cells) {
    header.put("Redshift", 0.0);
    header.put("Time", 1.0);
    header.put("HubbleParam", 0.7);
    header.put("BoxSize", BOX);
    header.put("GroupPos", new double[] {BOX / 2, BOX / 2, BOX / 2});
    header.put("Group_R_Crit500", 700.0);
    double[][] places = new double[cells][3];
    for (double[] place : places) {
      Arrays.fill(place, BOX / 2);
    }
    gas.put("Coordinates", places);
    gas.put("Masses", filled(cells, 1e-3));
    gas.put("Density", filled(cells, 1e-5));
    gas.put("InternalEnergy", filled(cells, 1e6));
    gas.put("ElectronAbundance", filled(cells, 1.16));
    gas.put("StarFormationRate", filled(cells, 0));
  }

  static double[] filled(int cells, double value) {
    double[] values = new double[cells];
    Arrays.fill(values, value);
    return values;
  }

  double[] values(String field) {
    return (double[]) Objects.requireNonNull(gas.get(field));
  }

  double[][] places() {
    return (double[][]) Objects.requireNonNull(gas.get("Coordinates"));
  }

  CutoutBuilder compressed() {
    layout = DatasetCreationOptions.builder().shuffle().deflate(4).build();
    return this;
  }

  Path write(Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      if (!header.isEmpty()) {
        WritableGroup group = hdf.putGroup("Header");
        header.forEach(group::putAttribute);
      }
      if (!gas.isEmpty()) {
        WritableGroup group = hdf.putGroup("PartType0");
        gas.forEach((name, data) -> group.putDataset(name, data, layout));
      }
      hdf.putGroup("Parameters").putAttribute("Seed", 1);
    }
    return file;
  }
}
