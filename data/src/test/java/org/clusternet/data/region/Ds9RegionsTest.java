package org.clusternet.data.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.clusternet.data.DataException;
import org.clusternet.data.image.FitsKeywords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions against DS9 and astropy ({@code make_regions.py} beside the resources), and by hand. */
class Ds9RegionsTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  @TempDir Path folder;

  private static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Ds9RegionsTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path file(String text) throws IOException {
    Path file = folder.resolve("sources.reg");
    Files.writeString(file, text);
    return file;
  }

  private static String drawn(boolean[] mask, int width) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < mask.length; i++) {
      rows.append(mask[i] ? '#' : '.').append(i % width == width - 1 ? "\n" : "");
    }
    return rows.toString();
  }

  private static String masked(Path file, FitsKeywords keywords, int width, int height) {
    return drawn(Ds9Regions.read(file).mask(keywords, width, height), width);
  }

  /** Eleven shapes in seven coordinate systems, on images turned, flipped and in three systems. */
  @Test
  void pixelsAreThoseOfDs9() throws IOException {
    Path regions = file(resource("regions.reg"));
    Map<String, Object> cards = new LinkedHashMap<>();
    StringBuilder rows = new StringBuilder();
    int images = 0;
    String name = "";
    for (String line : (resource("masks.txt") + "[end]").lines().toList()) {
      if (line.startsWith("[")) {
        if (!name.isEmpty()) {
          String mask = masked(regions, new FitsKeywords(cards), WIDTH, HEIGHT);
          assertEquals(rows.toString(), mask, name);
          images++;
        }
        name = line;
        cards.clear();
        rows.setLength(0);
      } else if (line.contains(" = ")) {
        String[] parts = line.split(" = ", 2);
        boolean text = parts[1].startsWith("'");
        cards.put(
            parts[0],
            text ? parts[1].substring(1, parts[1].length() - 1) : Double.valueOf(parts[1]));
      } else {
        rows.append(line).append('\n');
      }
    }
    assertEquals(8, images);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image\nbox(2,2,3,3,0)\n-circle(2,2,0.4)",
        "-circle(2,2,0.4) # first\nimage;BOX(2 2 3 3)",
        "image; +box 2 2 3 3 # color=red text={a; b # c}; -circle 2 2 0.4",
        "# image; circle(1,1,9)\nPHYSICAL\nrotbox(2,2,3,3,90);!circle(2,2,0.4)",
        "rectangle(0.6,0.6,3.4,3.4)\ncircle(2,2,0.4) # include=0",
        "image\nannulus(2,2,0.5,1,1.5)",
        "image\nannulus(2,2,0.5,1.5,n=4)",
        "image\nbox(2,2,1,1,2,2,3,3,0)",
        "global include=0\nimage\n+polygon(0.5,0.5,3.5,0.5,3.5,3.5,0.5,3.5)\ncircle(2,2,0.4)",
        """
        image
        circle(1,1,0.1) || # composite
        circle(2,1,0.1) ||
        circle(3,1,0.1)
        circle(1,2,0.1)
        circle(3,2,0.1)
        circle(1,3,0.1)
        circle(2,3,0.1)
        circle(3i,3i,0.1i)
        """
      })
  void everySpellingOfTheSameRing(String text) throws IOException {
    assertEquals("###..\n#.#..\n###..\n.....\n", masked(file(text), FitsKeywords.NONE, 5, 4), text);
  }

  @Test
  void excludedRegionsAloneAreTheRegions() throws IOException {
    Path file = file("image\n-circle(1,1,0.4)\n-circle(2,1,0.4)");
    boolean[] mask = Ds9Regions.read(file).mask(FitsKeywords.NONE, 3, 1);
    assertArrayEquals(new boolean[] {true, true, false}, mask);
    assertEquals(2, Ds9Regions.read(file).count());
  }

  private static FitsKeywords sky() {
    Map<String, Object> cards = new LinkedHashMap<>();
    cards.put("CTYPE1", "RA---TAN");
    cards.put("CTYPE2", "DEC--TAN");
    for (int axis = 1; axis <= 2; axis++) {
      cards.put("CRPIX" + axis, 3.0);
      cards.put("CRVAL" + axis, 10.0);
      cards.put("CDELT" + axis, axis == 1 ? -0.01 : 0.01);
    }
    return new FitsKeywords(cards);
  }

  /** A position, a size or both in another unit than the system's; 0.01 degrees a pixel. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "icrs;circle(10,10,0.012)",
        "icrs\ncircle(10d,10d,0.72')",
        "icrs\ncircle(0:40:00,+10:00:00,43.2\")",
        "icrs\ncircle(0h40m00s,10d00m00s,2.0944e-4r)",
        "icrs\ncircle(3i,3i,1.2i)",
        "icrs\ncircle(10,10,1.2p)",
        "circle(0:40:00,+10:00:00,0.72')",
        "image;circle(3,3,43.2\")",
        "physical;ellipse(3,3,0.012d,1.2i,0)"
      })
  void unitsAreThoseOfDs9(String text) throws IOException {
    assertEquals(".....\n..#..\n.###.\n..#..\n.....\n", masked(file(text), sky(), 5, 5), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pie(3,3,1,2,0,90)|shape=pie is not known; circle, ellipse",
        "point(3,3)|shape=point is not known",
        "circle(3,3)|circle has 2 numbers",
        "circle(3,3,1,2)|circle has 4 numbers",
        "annulus(3,3,1)|annulus has 3 numbers; it needs x,y and two radii or more",
        "polygon(1,1,2,2)|polygon has 4 numbers",
        "circle(3,3,-1)|size=-1 is negative",
        "circle(3,x,1)|angle=x is no number",
        "circle(3,3d,1)|x=3 y=3d have different units",
        "circle 3 3 1)|is no region",
        "hello world|shape=hello is not known",
        "linear|coordinate system=linear is not read",
        "wcsa|coordinate system=wcsa is not read",
        "mars|coordinate system=mars is not known",
        "fk5;circle(3,3,1)|the image has no celestial coordinates; save the regions in image",
        "image;circle(3d,3d,1)|x=3d is an angle, but the coordinates are image"
      })
  void whatIsNotKnownIsNamedWithItsLine(String text, String expected) throws IOException {
    Path file = file("# comment\nimage; circle(1,1,1)\nphysical\n" + text + "\n");
    String message = refused(() -> Ds9Regions.read(file).mask(FitsKeywords.NONE, 9, 9));
    assertTrue(message.startsWith(file + ": line 4: ") && message.contains(expected), message);
  }

  @Test
  void filesThatAreNoRegionsAreNamed() throws IOException {
    Path empty = file("# none\n");
    String message = refused(() -> Ds9Regions.read(empty));
    assertTrue(message.contains("has no region"), message);
    Path absent = folder.resolve("absent.reg");
    message = refused(() -> Ds9Regions.read(absent));
    assertTrue(message.contains("no such file"), message);
    Path fits = folder.resolve("table.fits");
    Files.write(fits, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    message = refused(() -> Ds9Regions.read(fits));
    assertTrue(message.contains("is no text"), message);
  }

  private static String refused(Executable call) {
    return String.valueOf(assertThrows(DataException.class, call).getMessage());
  }

  @Test
  void regionElsewhereInTheSkyMasksNothing() throws IOException {
    boolean[] mask = Ds9Regions.read(file("icrs;circle(190,-10,1)")).mask(sky(), 5, 5);
    assertArrayEquals(new boolean[25], mask);
  }
}
