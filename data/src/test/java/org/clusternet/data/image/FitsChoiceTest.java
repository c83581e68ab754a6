package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which image of a file is taken, and whose coordinates it has. Each plane holds its own number.
 */
class FitsChoiceTest {
  @TempDir Path folder;
  private Path file;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void name() {
    file = folder.resolve("f.fits");
  }

  private static FitsBytes empty() {
    return FitsBytes.primary(8).data(new byte[0]);
  }

  private static FitsBytes plane(FitsBytes bytes, String name, int value) {
    return bytes.extension(name, 16, 2, 1).data((short) value, (short) value);
  }

  private double taken(FitsBytes bytes) {
    bytes.write(file);
    return ImageFile.open(file, notes::add).image().at(0, 0);
  }

  private static String refusal(Path file) {
    return assertThrows(DataException.class, () -> ImageFile.open(file)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MASK",
        "SRCMASK",
        "DQ",
        "DQ_SCI",
        "QUALITY",
        "BADPIX",
        "ERR",
        "ERROR",
        "STDDEV",
        "VAR",
        "VAR_POISSON",
        "VARIANCE",
        "WHT",
        "WEIGHT MAP",
        "IVAR",
        "PSF",
        "psf2",
        "EXPMAP",
        "Exposure",
        "EXPTIME_MAP",
        "BKG",
        "BACKGROUND_1",
        "BKGMAP",
        "UNCERT",
        "FLAGS",
        "RMS",
        "CONTEXT"
      })
  void planesThatDescribeAnotherArePassedOver(String name) {
    assertEquals(2, taken(plane(plane(empty(), name, 1), "IMAGE", 2)));
    assertEquals(1, notes.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COUNTS",
        "FLUX",
        "EXPOSURE_CORRECTED",
        "BKGSUB",
        "BKG_SUBTRACTED",
        "M51",
        "IMAGE 1",
        "NET",
        "SKY",
        "MASKED_IMAGE",
        "BACKGROUND-SUBTRACTED"
      })
  void namesOfScienceAreNotMistaken(String name) {
    assertEquals(1, taken(plane(plane(empty(), name, 1), "OTHER", 2)));
  }

  @Test
  void imageCalledScienceComesBeforeThePrimaryAndThatBeforeOthers() {
    FitsBytes preview = FitsBytes.primary(16, 2, 1).data((short) 1, (short) 1);
    assertEquals(3, taken(plane(plane(preview, "DQ", 2), "SCI", 3)));
    FitsBytes primary = FitsBytes.primary(16, 2, 1).data((short) 1, (short) 1);
    assertEquals(1, taken(plane(primary, "CHIP2", 3)));
    assertEquals(5, taken(plane(plane(plane(empty(), "A", 4), "SCI", 5), "SCI", 6)));
  }

  @ParameterizedTest
  @CsvSource({
    "HDUCLAS2, ERROR",
    "HDUCLAS2, QUALITY",
    "HDUCLAS3, BKG",
    "CONTENT, EXPMAP",
    "CONTENT, EXPOSURE MAP",
    "BUNIT, s",
    "BUNIT, sec",
    "BUNIT, cm**2 s",
    "BUNIT, cm**2 count/photon",
    "HDUNAME, EXPMAP",
    "BUNIT, cm^2"
  })
  void otherKeywordsTellToo(String key, String value) {
    FitsBytes bytes = empty().extension("X", 16, 2, 1).text(key, value);
    assertEquals(2, taken(plane(bytes.data((short) 1, (short) 1), "Y", 2)));
  }

  @ParameterizedTest
  @CsvSource({"BUNIT, count/s", "BUNIT, ct s-1", "BUNIT, photon/cm**2/s", "HDUCLAS2, DATA"})
  void keywordsOfScienceAreNotMistaken(String key, String value) {
    FitsBytes bytes = empty().extension("X", 16, 2, 1).text(key, value);
    assertEquals(1, taken(plane(bytes.data((short) 1, (short) 1), "Y", 2)));
  }

  @Test
  void theChoiceIsNoted() {
    taken(plane(plane(empty(), "DQ", 1), "SCI", 2));
    assertEquals(
        List.of(
            "took HDU 2 SCI (image, axes=2 x 1, BITPIX=16); the file also holds HDU 1 DQ"
                + " (image, axes=2 x 1, BITPIX=16) (to take another, name it, such as f.fits[DQ])"),
        notes);
    notes.clear();
    assertEquals(7, taken(plane(empty().table("GTI", 3), "ANY", 7)));
    assertEquals(List.of(), notes);
  }

  @Test
  void theOnlyImageIsTakenWhateverItIs() {
    assertEquals(1, taken(plane(empty().table("GTI", 3), "EXPMAP", 1)));
    FitsBytes primary = FitsBytes.primary(16, 1, 1).text("CONTENT", "EXPMAP").data((short) 4);
    assertEquals(4, taken(primary));
  }

  @Test
  void severalPlanesWithoutScienceAreRefused() {
    plane(plane(empty(), "MASK", 1), "EXPMAP", 2).write(file);
    assertEquals(
        file
            + ": has no 2-D science image, only HDU 1 MASK (image, axes=2 x 1, BITPIX=16), HDU 2"
            + " EXPMAP (image, axes=2 x 1, BITPIX=16); name the one you mean, such as f.fits[MASK]",
        refusal(file));
    empty().extension("SCI", 16, 2, 1, 3).data(new short[6]).write(file);
    assertTrue(refusal(file).contains("cut out one plane"), refusal(file));
    FitsBytes cube = empty().extension("SCI", 16, 2, 1, 3).data(new short[6]);
    plane(cube, "DQ", 1).write(file);
    assertTrue(refusal(file).contains("HDU 1 SCI (image, axes=2 x 1 x 3"), refusal(file));
  }

  @Test
  void hdusAreNamedInBrackets() {
    FitsBytes bytes = plane(empty(), "SCI", 1).extension("SCI", 16, 1, 1).card("EXTVER", "2");
    plane(bytes.data((short) 5), "DQ", 3).write(file);
    String[] names = {"sci", "SCI,1", "sci,2", "SCI, 2", "2", "3", " dq ", "DQ,1"};
    double[] values = {1, 1, 5, 5, 5, 3, 3, 3};
    for (int i = 0; i < names.length; i++) {
      Path named = folder.resolve("f.fits[" + names[i] + "]");
      assertEquals(values[i], ImageFile.open(named, notes::add).image().at(0, 0), names[i]);
      assertEquals(file, ImageFile.fileOf(named));
    }
    assertEquals(List.of(), notes);
    String unknown = refusal(folder.resolve("f.fits[sci,3]"));
    assertTrue(unknown.startsWith(file + ": has no hdu=sci,3; the file holds HDU 0 "), unknown);
    assertTrue(refusal(folder.resolve("f.npy[1]")).contains("leave [1] away"));
    FitsBytes.primary(8, 1, 1).data((byte) 9).write(folder.resolve("g.fits[2]"));
    assertEquals(9, ImageFile.read(folder.resolve("g.fits[2]")).at(0, 0));
    FitsBytes.primary(8, 1, 1).data((byte) 8).write(file);
    assertEquals(8, ImageFile.read(folder.resolve("f.fits[primary]")).at(0, 0));
  }

  private static FitsBytes placed(FitsBytes bytes, String scale) {
    bytes.text("CTYPE1", "RA---TAN").text("CTYPE2", "DEC--TAN");
    bytes.card("CRVAL1", "10").card("CRVAL2", "20").card("CRPIX1", "1").card("CRPIX2", "1");
    return bytes
        .card(scale + (scale.equals("CD") ? "1_1" : "1"), "0.1")
        .card(scale + (scale.equals("CD") ? "2_2" : "2"), "0.1");
  }

  @Test
  void coordinatesAreThoseOfOneHdu() {
    FitsBytes primary = placed(FitsBytes.primary(8), "CD").text("RADESYS", "FK4");
    primary.card("REDSHIFT", "0.05").text("OBJECT", "A85").text("BUNIT", "count");
    FitsBytes both = placed(primary.data(new byte[0]).extension("SCI", 16, 2, 1), "CDELT");
    both.data((short) 1, (short) 1).write(file);
    FitsKeywords keywords = ImageFile.open(file).keywords();
    assertEquals(OptionalDouble.empty(), keywords.number("CD1_1"));
    assertEquals(Optional.empty(), keywords.text("RADESYS"));
    assertEquals(0.1, keywords.number("CDELT1").orElseThrow());
    assertEquals(0.05, keywords.number("REDSHIFT").orElseThrow());
    assertEquals("count", keywords.text("BUNIT").orElseThrow());
    assertEquals("SCI", keywords.text("EXTNAME").orElseThrow());
  }

  @Test
  void thePrimarysCoordinatesServeAnImageWithoutAny() {
    FitsBytes primary = placed(FitsBytes.primary(8), "CD").text("RADESYS", "FK5");
    FitsBytes bytes = primary.data(new byte[0]).extension("SCI", 16, 2, 1).card("EQUINOX", "1950");
    bytes.data((short) 1, (short) 1).write(file);
    FitsKeywords keywords = ImageFile.open(file).keywords();
    assertEquals(0.1, keywords.number("CD2_2").orElseThrow());
    assertEquals("FK5", keywords.text("RADESYS").orElseThrow());
    assertEquals(OptionalDouble.empty(), keywords.number("EQUINOX"));
  }

  @Test
  void coordinatesOfAPrimaryImageOfOtherAxesAreNotTaken() {
    FitsBytes primary = placed(FitsBytes.primary(16, 3, 1), "CD").text("BUNIT", "s");
    plane(primary.data(new short[3]), "SCI", 1).write(file);
    FitsKeywords keywords = ImageFile.open(file).keywords();
    assertEquals(OptionalDouble.empty(), keywords.number("CD1_1"));
    assertEquals(Optional.empty(), keywords.text("BUNIT"));
    FitsBytes same = placed(FitsBytes.primary(16, 2, 1), "CD").data(new short[2]);
    plane(same, "SCI", 1).write(file);
    assertEquals(0.1, ImageFile.open(file).keywords().number("CD1_1").orElseThrow());
  }

  @Test
  void scaleOfZeroIsRefused() {
    FitsBytes.primary(16, 2, 1).card("BSCALE", "0.0").data(new short[2]).write(file);
    assertTrue(refusal(file).contains("BSCALE=0"), refusal(file));
  }

  @Test
  void compressedFilesAndUnpaddedTablesBehindTheImageAreRead() {
    byte[] whole = plane(plane(empty(), "DQ", 1), "SCI", 2).table("GTI", 5).bytes();
    FitsBytes.write(file, FitsBytes.gzip(whole));
    assertEquals(2, ImageFile.read(file).at(0, 0));
    FitsBytes.write(file, Arrays.copyOf(whole, whole.length - FitsBytes.BLOCK + 5));
    assertEquals(2, ImageFile.read(file).at(0, 0));
    FitsBytes.write(file, Arrays.copyOf(whole, whole.length - FitsBytes.BLOCK + 4));
    assertTrue(refusal(file).contains("it ends within HDU 3"), refusal(file));
  }

  @Test
  void maskAndQualityOfTheKnownCasesAreNotTaken() {
    Path mask = SharedData.require("cases/observations/wrong-hdu-taken/mask_first.fits.gz");
    SourceImage image = ImageFile.open(mask, notes::add);
    assertEquals(300, image.image().width());
    assertEquals("SCI", image.keywords().text("EXTNAME").orElseThrow());
    assertEquals(1, notes.size());
    assertArrayEquals(ImageFile.read(Path.of(mask + "[SCI]")).pixels(), image.image().pixels());
  }
}
