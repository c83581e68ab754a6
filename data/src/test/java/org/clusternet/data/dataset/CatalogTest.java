package org.clusternet.data.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void images() throws IOException {
    file = folder.resolve("catalog.csv");
    Files.createDirectories(folder.resolve("images"));
    for (String name : List.of("a.fits", "b.fits", "c.fits", "images/d.fits")) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  private List<CatalogEntry> read(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    return Catalog.read(folder).entries();
  }

  private String error(String... lines) {
    return assertThrows(DataException.class, () -> read(lines)).getMessage();
  }

  @Test
  void labelIsDerivedFromCoolingTimeAndMustNotContradictIt() throws IOException {
    List<CatalogEntry> entries =
        read(
            "cluster_id,projection,file,t_cool_gyr,label",
            "A,x,a.fits,0.5,",
            "A,y,b.fits,7.7,ncc",
            "B,x,c.fits,,WCC",
            "B,y,./images/d.fits,1.5,WCC");
    assertEquals(
        List.of(
            new CatalogEntry("A", "x", "a.fits", OptionalDouble.of(0.5), CoreType.CC),
            new CatalogEntry("A", "y", "b.fits", OptionalDouble.of(7.7), CoreType.NCC),
            new CatalogEntry("B", "x", "c.fits", UNKNOWN, CoreType.WCC),
            new CatalogEntry("B", "y", "./images/d.fits", OptionalDouble.of(1.5), CoreType.WCC)),
        entries);
    Catalog catalog = Catalog.read(folder);
    assertEquals(folder.resolve("images/d.fits"), catalog.path(entries.get(3)).normalize());
  }

  @Test
  void optionalColumnsGiveTheScale() throws IOException {
    List<CatalogEntry> entries =
        read(
            "cluster_id,projection,file,label,kpc_per_pixel,r500_kpc,redshift",
            "A,x,a.fits,CC,4,1250.5,0",
            "A,y,b.fits,CC,,,0.0625");
    ImageScale whole =
        new ImageScale(OptionalDouble.of(4), OptionalDouble.of(1250.5), OptionalDouble.of(0));
    assertEquals(whole, entries.get(0).scale());
    assertEquals(OptionalDouble.of(0.0625), entries.get(1).scale().redshift());
    assertEquals(UNKNOWN, entries.get(1).scale().kpcPerPixel());
    Catalog.write(folder, entries);
    assertEquals(entries, Catalog.read(folder).entries());
    String header = "cluster_id,projection,file,label,kpc_per_pixel,r500_kpc,redshift";
    assertEquals(
        file + ":2: kpc_per_pixel=0.0 is not a finite positive number",
        error(header, "A,x,a.fits,CC,0,,"));
    assertEquals(
        file + ":2: r500_kpc=big is not a number; give kpc or leave it empty",
        error(header, "A,x,a.fits,CC,,big,"));
    assertEquals(
        file + ":2: redshift=-0.1 is not a finite number of at least 0",
        error(header, "A,x,a.fits,CC,,,-0.1"));
  }

  @Test
  void scaleColumnsAreOmittedWithoutAScale() throws IOException {
    CatalogEntry entry = new CatalogEntry("A", "x", "a.fits", UNKNOWN, CoreType.CC);
    Catalog.write(folder, List.of(entry));
    assertEquals("cluster_id,projection,file,t_cool_gyr,label", Files.readAllLines(file).get(0));
    assertEquals(ImageScale.UNKNOWN, Catalog.read(folder).entries().get(0).scale());
  }

  @Test
  void eitherLabelOrCoolingTimeColumnIsEnough() throws IOException {
    assertEquals(
        CoreType.NCC, read("label,file,projection,cluster_id", "NCC,a.fits,x,A").get(0).label());
    assertEquals(
        CoreType.CC,
        read("cluster_id,projection,file,redshift,t_cool_gyr", "A,x,a.fits,0.1,1").get(0).label());
  }

  @Test
  void orderOfRowsDoesNotChangeTheCatalogue() throws IOException {
    String header = "cluster_id,projection,file,label";
    List<CatalogEntry> sorted = read(header, "A,x,a.fits,CC", "A,y,b.fits,CC", "B,x,c.fits,CC");
    assertEquals(sorted, read(header, "B,x,c.fits,CC", "A,y,b.fits,CC", "A,x,a.fits,CC"));
  }

  @Test
  void writtenCatalogueReadsBackEqual() throws IOException {
    Random random = new Random(4);
    List<CatalogEntry> entries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "images/" + i + ".fits";
      Files.writeString(folder.resolve(name), "");
      boolean known = random.nextBoolean();
      double time = Math.exp(3 * random.nextGaussian());
      entries.add(
          new CatalogEntry(
              String.format("A%02d, \"the\" cluster", i / 3),
              "xyz".substring(i % 3, i % 3 + 1),
              name,
              known ? OptionalDouble.of(time) : UNKNOWN,
              known ? null : CoreType.ofIndex(random.nextInt(3))));
    }
    List<CatalogEntry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    Catalog.write(folder, shuffled);
    assertEquals(entries, Catalog.read(folder).entries());
  }

  @Test
  void missingFolderOrFileIsNamed() {
    Path none = folder.resolve("none");
    assertEquals(
        none + ": is not a folder; name a dataset folder that contains catalog.csv",
        assertThrows(DataException.class, () -> Catalog.read(none)).getMessage());
    assertEquals(
        file + ": no such file; check the path",
        assertThrows(DataException.class, () -> Catalog.read(folder)).getMessage());
  }

  @Test
  void missingColumnsAreNamed() {
    assertEquals(
        file + ":1: missing column=file; the header has cluster_id,projection,label",
        error("cluster_id,projection,label", "A,x,CC"));
    assertEquals(
        file + ":1: missing column=label; the header has neither t_cool_gyr nor label",
        error("cluster_id,projection,file", "A,x,a.fits"));
    assertEquals(
        file + ": has no rows; every image of the folder needs a row",
        error("cluster_id,projection,file,label"));
  }

  @Test
  void invalidRowsAreNamedByLine() {
    String header = "cluster_id,projection,file,t_cool_gyr,label";
    assertEquals(
        file + ":3: core type: unknown label=SCC; the known labels are [CC, WCC, NCC]",
        error(header, "A,x,a.fits,,CC", "B,x,b.fits,,SCC"));
    assertEquals(
        file
            + ":2: label=CC contradicts t_cool_gyr=8.0, which is NCC; correct one of them or leave"
            + " one empty",
        error(header, "A,x,a.fits,8,CC"));
    assertEquals(
        file + ":2: neither t_cool_gyr nor label is given; give at least one of them",
        error(header, "A,x,a.fits,,"));
    assertEquals(
        file + ":2: t_cool_gyr=long is not a number; give Gyr or leave it empty",
        error(header, "A,x,a.fits,long,"));
    assertEquals(
        file + ":2: core type: t_cool_gyr=-3.0 is not a finite positive number of Gyr",
        error(header, "A,x,a.fits,-3,"));
    assertEquals(
        file + ":2: projection is empty; every row needs a value", error(header, "A,,a.fits,1,"));
    assertEquals(
        file + ":2: cluster_id is empty; every row needs a value (and 2 more rows)",
        error(header, ",x,a.fits,1,", "A,x,,1,", "A,x,b.fits,0,", "B,x,c.fits,1,"));
  }

  @Test
  void duplicateRowsAreRefused() {
    String header = "cluster_id,projection,file,label";
    assertEquals(
        file
            + ":4: cluster_id=A projection=x is the same as in line 2; give every"
            + " image of a cluster another projection",
        error(header, "A,x,a.fits,CC", "A,y,b.fits,CC", "A,x,c.fits,CC"));
    assertEquals(
        file
            + ":3: file=images/../a.fits is already used by line 2; give every row another"
            + " image",
        error(header, "A,x,a.fits,CC", "A,y,images/../a.fits,CC"));
  }

  @Test
  void filesStayWithinTheFolder() {
    String header = "cluster_id,projection,file,label";
    for (String name : List.of("../a.fits", "images/../../a.fits", "/a.fits", ".")) {
      assertEquals(
          file
              + ":2: file="
              + name
              + " is not within the dataset folder; give a path relative to"
              + " the folder, inside it",
          error(header, "A,x," + name + ",CC"));
    }
  }

  @Test
  void missingImagesAreNamed() {
    String header = "cluster_id,projection,file,label";
    assertEquals(
        file + ": missing files=1 of 2: no.fits; put them into the folder or remove their rows",
        error(header, "A,x,a.fits,CC", "A,y,no.fits,CC"));
    assertEquals(
        file
            + ": missing files=4 of 4: 1, 2, 3, ...; put them into the folder or remove their"
            + " rows",
        error(header, "A,x,1,CC", "A,y,2,CC", "A,z,3,CC", "A,w,4,CC"));
    assertEquals(
        file + ": missing files=1 of 1: images; put them into the folder or remove their rows",
        error(header, "A,x,images,CC"));
  }

  @Test
  void writingRefusesInvalidEntries() throws IOException {
    CatalogEntry entry = new CatalogEntry("A", "x", "a.fits", UNKNOWN, CoreType.CC);
    CatalogEntry other = new CatalogEntry("A", "y", "a.fits", UNKNOWN, CoreType.CC);
    assertEquals(
        file + ": file=a.fits is already used by A x; give every row another image",
        assertThrows(DataException.class, () -> Catalog.write(folder, List.of(entry, other)))
            .getMessage());
    assertEquals(
        file + ": cannot be written without entries",
        assertThrows(DataException.class, () -> Catalog.write(folder, List.of())).getMessage());
    assertEquals(false, Files.exists(file));
  }

  @Test
  void invalidEntriesAreRefused() {
    assertEquals(
        "neither t_cool_gyr nor label is given; give at least one of them",
        assertThrows(
                IllegalArgumentException.class,
                () -> new CatalogEntry("A", "x", "a.fits", UNKNOWN, null))
            .getMessage());
    assertEquals(
        "file is empty; every row needs a value",
        assertThrows(
                IllegalArgumentException.class,
                () -> new CatalogEntry("A", "x", " ", UNKNOWN, CoreType.CC))
            .getMessage());
  }
}
