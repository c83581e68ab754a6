package org.clusternet.data.tng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.projection.SkyGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be used ends in one line that says which file and what to do, and in no output. */
class BadCutoutTest {
  private static final SkyGrid GRID = new SkyGrid(16, 64);

  /** What is wrong with a cutout, and what is said of it after the file's name. */
  enum Damage {
    NO_DENSITY(
        c -> c.gas.remove("Density"),
        "PartType0 has no dataset=Density; get the cutout with"
            + " gas=Coordinates,Masses,Density,InternalEnergy,ElectronAbundance,StarFormationRate"),
    NO_COORDINATES(c -> c.gas.remove("Coordinates"), "PartType0 has no dataset=Coordinates; get"),
    NO_GAS(c -> c.gas.clear(), "has no group=PartType0; name a cutout of a TNG halo with its gas"),
    NO_HEADER(c -> c.header.clear(), "has no group=Header; name a cutout"),
    FLAT_COORDINATES(
        c -> c.gas.put("Coordinates", new double[30]),
        "PartType0/Coordinates has shape=[30] where [cells, 3] is expected; get the cutout again"),
    FEWER_MASSES(
        c -> c.gas.put("Masses", new double[9]),
        "PartType0/Masses has shape=[9] where [10] is expected; get the cutout again"),
    WORDS(
        c -> {
          String[] words = new String[10];
          Arrays.fill(words, "many");
          c.gas.put("Masses", words);
        },
        "PartType0/Masses has type=String where numbers are expected"),
    NO_REDSHIFT(
        c -> c.header.remove("Redshift"),
        "Header has no attribute=Redshift; a cutout of the TNG API has it"),
    TWO_BOXES(
        c -> c.header.put("BoxSize", new double[] {1e5, 1e5}),
        "attribute=BoxSize of Header: values=2 where one is expected"),
    TEXT_BOX(c -> c.header.put("BoxSize", "wide"), "attribute=BoxSize of Header: is not a number"),
    BOX_IN_MPC(c -> c.header.put("BoxSize", 205.0), "Header/BoxSize=205.0 is not within 1000.0 to"),
    TIME(
        c -> c.header.put("Time", 0.5),
        "Header/Time=0.5 contradicts Header/Redshift=0.0 (scale factor 1.0)"),
    NO_R500(
        c -> c.header.remove("Group_R_Crit500"),
        "has no Group_R_Crit500 (neither an attribute of Header nor in Group); give --halos, a"
            + " table with the halo's GroupPos and Group_R_Crit500"),
    NO_CENTRE(c -> c.header.remove("GroupPos"), "has no GroupPos (neither"),
    R500_IN_MPC(
        c -> c.header.put("Group_R_Crit500", 0.7),
        "Group_R_Crit500=0.7 is not within 20.0 to 20000.0 ckpc/h; give it in that unit"),
    OTHER_M500(
        c -> c.header.put("Group_M_Crit500", 50000.0),
        "Group_R_Crit500=700.0 ckpc/h contradicts Group_M_Crit500=50000.0 1e10 Msun/h, which has"),
    CENTRE_FAR_OUTSIDE(
        c -> c.header.put("GroupPos", new double[] {1, 2, -3e5}),
        "GroupPos=-300000.0 is not within -205000.0 to 410000.0 ckpc/h (the box and its"),
    UNEQUAL_SIDES(
        c -> c.header.put("BoxSize", new double[] {1e5, 2e5, 1e5}),
        "Header/BoxSize=[100000.0, 200000.0, 100000.0] has unequal sides where a cube is"),
    MANY_HALOES(
        c -> c.header.put("Group_R_Crit500", new double[] {700, 600}),
        "Header/Group_R_Crit500 has values=2 where one halo has 1; keep that of the cutout's"),
    MASSES_IN_SUNS(
        c -> c.values("Masses")[7] = 1e7, "PartType0/Masses[7]=1.0E7 is not within 1.0E-9 to"),
    DENSITY_IN_CGS(
        c -> c.values("Density")[3] = 1e-26,
        "PartType0/Density[3]=1.0E-26 is not within 1.0E-16 to 1000.0 1e10 Msun/h / (ckpc/h)^3;"
            + " give it in that unit, or get the file again if it is damaged"),
    ENERGY_IN_CGS(
        c -> c.values("InternalEnergy")[0] = 1e16, "PartType0/InternalEnergy[0]=1.0E16 is not"),
    NAN_ENERGY(
        c -> c.values("InternalEnergy")[9] = Double.NaN, "PartType0/InternalEnergy[9]=NaN is not"),
    ELECTRONS(
        c -> c.values("ElectronAbundance")[2] = -0.1, "PartType0/ElectronAbundance[2]=-0.1 is not"),
    FAR_AWAY(c -> c.places()[4][2] = 1e6, "PartType0/Coordinates[4]=1000000.0 is not within -2"),
    INFINITE(
        c -> c.places()[4][1] = Double.POSITIVE_INFINITY, "PartType0/Coordinates[4]=Infinity is"),
    ALL_COLD(
        c -> c.gas.put("InternalEnergy", CutoutBuilder.filled(10, 100)),
        "has no hot gas: cells=10, star-forming=0, the others below the minimum temperature; check"),
    HOLE(
        c -> c.header.put("GroupPos", new double[] {1000, 1000, 1000}),
        "has no hot gas within 0.012 r500=12.00 kpc of the halo's centre, the nearest cell is at");

    private final Consumer<CutoutBuilder> damage;
    private final String says;

    Damage(Consumer<CutoutBuilder> damage, String says) {
      this.damage = damage;
      this.says = says;
    }
  }

  @TempDir Path folder;

  private String refused(GasOptions gas, @Nullable Path table, Path... cutouts) throws IOException {
    Path out = folder.resolve("out");
    TngProjector.Options options =
        new TngProjector.Options(GRID, Optional.ofNullable(table), gas, 2);
    String message =
        assertThrows(
                DataException.class,
                () -> TngProjector.run(List.of(cutouts), out, options, BatchProgress.NONE))
            .getMessage();
    assertFalse(message.contains("\n"), message);
    assertFalse(Files.exists(out));
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
    return message;
  }

  private String refused(Path... cutouts) throws IOException {
    return refused(GasOptions.DEFAULT, null, cutouts);
  }

  @ParameterizedTest
  @EnumSource
  void damageIsNamedWithItsRemedy(Damage bad) throws IOException {
    CutoutBuilder cutout = new CutoutBuilder(10);
    bad.damage.accept(cutout);
    Path good = new CutoutBuilder(10).write(folder.resolve("good.hdf5"));
    Path file = cutout.write(folder.resolve("bad.hdf5"));
    TngProjector.Options options =
        new TngProjector.Options(GRID, Optional.empty(), GasOptions.DEFAULT, 2);
    TngProjector.Result result =
        TngProjector.run(List.of(file, good), folder.resolve("kept"), options, BatchProgress.NONE);
    assertEquals(3, result.entries().size(), "the good halo is kept");
    assertEquals(1, result.failures().size());
    String reason = result.failures().get(0).reason();
    assertTrue(reason.startsWith(file + ": " + bad.says), reason);
    assertEquals(reason, refused(file));
  }

  @Test
  void missingOrForeignFilesAreRefused() throws IOException {
    Path missing = folder.resolve("missing.hdf5");
    assertEquals(missing + ": no such file; check the path", refused(missing));
    assertEquals(folder + ": is a folder; name the cutouts in it", refused(folder));
    Path page = Files.writeString(folder.resolve("page.hdf5"), "<html>403 Forbidden</html>");
    assertTrue(refused(page).startsWith(page + ": is not a readable HDF5 file: "), refused(page));
  }

  /** Cut anywhere, a file is refused: jHDF alone would read some of these without a word. */
  @Test
  void truncatedFilesAreRefused() throws IOException {
    Path whole = new CutoutBuilder(5000).write(folder.resolve("whole.hdf5"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.hdf5");
    for (double share : new double[] {0.0001, 0.01, 0.3, 0.9, 0.9999}) {
      Files.write(cut, Arrays.copyOf(bytes, (int) (bytes.length * share)));
      String message = refused(cut);
      assertTrue(message.startsWith(cut + ": is "), message);
    }
    assertEquals(
        "%s: is truncated, size=%d bytes of %d; get the cutout again"
            .formatted(cut, (int) (bytes.length * 0.9999), bytes.length),
        refused(cut));
  }

  /** Damage within the compressed data of one dataset. */
  @Test
  void damagedChunksAreReported() throws IOException {
    Path file = new CutoutBuilder(5000).compressed().write(folder.resolve("chunks.hdf5"));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length - 1; i++) {
      // Where deflated data begin.
      if (bytes[i] == 0x78 && (bytes[i + 1] == 0x5e || bytes[i + 1] == (byte) 0x9c)) {
        Arrays.fill(bytes, i + 2, i + 12, (byte) 0xff);
      }
    }
    Files.write(file, bytes);
    String message = refused(file);
    assertTrue(message.startsWith(file + ": PartType0/Coordinates cannot be read: "), message);
    assertTrue(
        message.endsWith(
            "; rewrite the file with h5repack -f NONE, and if that fails too, get it again"),
        message);
  }

  @Test
  void missingMetallicityIsNamedWithItsRemedy() throws IOException {
    Path file = new CutoutBuilder(10).write(folder.resolve("metals.hdf5"));
    String message = refused(new GasOptions(1e6, GasOptions.Metallicity.CELLS), null, file);
    assertTrue(message.contains("no dataset=GFM_Metallicity; get the cutout with gas="), message);
    assertTrue(message.endsWith(",GFM_Metallicity, or use the fixed metallicity"), message);
  }

  @Test
  void invalidHaloTablesAreRefused() throws IOException {
    CutoutBuilder cutout = new CutoutBuilder(10);
    cutout.header.put("CutoutID", 7);
    Path file = cutout.write(folder.resolve("cutout_7.hdf5"));
    Path table = folder.resolve("halos.csv");
    String columns = "halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_R_Crit500\n";
    Files.writeString(table, columns + "8,1,2,3,700\n");
    assertEquals(
        table
            + ": has no row for file=cutout_7.hdf5 or halo_id=7; add one, with the file's name in a"
            + " column file if the number is not the halo's",
        refused(GasOptions.DEFAULT, table, file));
    Files.writeString(table, columns + "7,1,2,3,700\n7,1,2,3,700\n");
    assertEquals(
        table + ":3: is a second row for file=cutout_7.hdf5 or halo_id=7; keep one",
        refused(GasOptions.DEFAULT, table, file));
    Files.writeString(table, columns + "7,1,2,,700\n");
    assertEquals(
        table + ":2: GroupPos_z= is not a number; give the one of the catalogue",
        refused(GasOptions.DEFAULT, table, file));
    Files.writeString(table, columns + "seven,1,2,3,700\n");
    assertTrue(
        refused(GasOptions.DEFAULT, table, file).contains(":2: halo_id=seven is not a whole"));
    Files.writeString(table, columns);
    assertTrue(refused(GasOptions.DEFAULT, table, file).contains("has no rows"));
    Files.writeString(table, columns.substring(8) + "1,2,3,700\n");
    assertTrue(refused(GasOptions.DEFAULT, table, file).contains(":1: missing column=halo_id"));
    Files.writeString(table, "halo_id,GroupPos_x\n7,1\n");
    assertTrue(refused(GasOptions.DEFAULT, table, file).contains(":1: missing column=GroupPos_y"));
  }

  /** A subhalo's number is no halo's: only the file's name can say which row is meant. */
  @Test
  void cutoutsOfSubhaloesAreMatchedByFileName() throws IOException {
    CutoutBuilder cutout = new CutoutBuilder(10);
    cutout.header.put("CutoutID", 7);
    cutout.header.put("CutoutType", "Subhalo");
    Path file = cutout.write(folder.resolve("cutout_7.hdf5"));
    Path table = folder.resolve("halos.csv");
    String columns = "file,halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_R_Crit500\n";
    Files.writeString(table, columns + ",7,102500,102500,102500,700\n");
    assertTrue(
        refused(GasOptions.DEFAULT, table, file).contains("has no row for file=cutout_7.hdf5;"));
    Files.writeString(table, columns + "cutout_7,3,102500,102500,102500,700\n");
    TngProjector.Options options =
        new TngProjector.Options(GRID, Optional.of(table), GasOptions.DEFAULT, 1);
    assertEquals(
        3,
        TngProjector.run(List.of(file), folder.resolve("out"), options, BatchProgress.NONE)
            .entries()
            .size());
  }

  @Test
  void equalOrMissingFileNamesAreRefused() throws IOException {
    Path first = new CutoutBuilder(10).write(folder.resolve("a.hdf5"));
    Path second = new CutoutBuilder(10).write(folder.resolve("A.h5"));
    assertEquals(
        second
            + ": cluster_id=A is also that of "
            + first
            + "; a halo is named after its file, so rename one",
        refused(first, second));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TngProjector.run(
                List.of(),
                folder.resolve("out"),
                TngProjector.Options.defaults(),
                BatchProgress.NONE));
  }

  @Test
  void minimumTemperaturesOutsideTheRangeAreRefused() {
    for (double kelvin : new double[] {0, 9e3, 2e8, Double.NaN}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new GasOptions(kelvin, GasOptions.Metallicity.FIXED))
              .getMessage();
      assertEquals("gas: min-temperature=" + kelvin + " K; must be from 10000.0 to 1.0E8", message);
    }
  }
}
