package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Regrid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts with their maps are predicted as the surface brightness behind them is. */
class PredictObservationTest {
  @TempDir private static Path folder;
  private static SmallDataset data;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    data = new SmallDataset(folder.resolve("data"));
    model = folder.resolve("run");
    Cli.Result result =
        Cli.train(
            model,
            "--data",
            data.path().toString(),
            "--variant",
            "baseline",
            "--central-crop",
            Integer.toString(SmallDataset.SIZE));
    assertEquals(0, result.exit(), result::toString);
  }

  private static Cli.Result run(String out, Object... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("predict", "--model", model.toString()));
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    Arrays.stream(more).forEach(m -> arguments.add(m.toString()));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static double[] probabilities(String out, Object... more) throws IOException {
    Cli.Result result = run(out, more);
    assertEquals(0, result.exit(), result::toString);
    Table table = Table.read(folder.resolve(out).resolve("predictions.csv"));
    return table.numbers(table.rows().get(0), "p_cc", "p_wcc", "p_ncc");
  }

  @Test
  void countsWithTheirMapsArePredictedAsTheImageIs() throws IOException {
    double[] image = FitsFile.read(data.file(3)).pixels();
    double[] exposure = new double[image.length];
    double[] background = new double[image.length];
    double[] counts = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      exposure[i] = 1000 + 10 * (i % SmallDataset.SIZE);
      background[i] = 2 + i % 3;
      counts[i] = image[i] * exposure[i] + 3 * background[i];
    }
    Path c = write("counts.fits", counts, List.of());
    Path e = write("exposure.fits", exposure, List.of());
    Path b = write("background.fits", background, List.of());
    double[] reduced =
        probabilities("reduced", c, "--exposure", e, "--background", b, "--background-scale", "3");
    assertArrayEquals(probabilities("plain", data.file(3)), reduced, 2e-3);
  }

  @Test
  void anotherScaleAndPlaceAreBroughtToTheModels() throws IOException {
    // The image with pixels of half the size, somewhere in a larger field.
    Image image = FitsFile.read(data.file(4));
    Image fine = new Regrid(0.5, 0, 0, 80, 80).apply(image);
    double[] field = new double[150 * 150];
    for (int y = 0; y < 80; y++) {
      System.arraycopy(fine.pixels(), 80 * y, field, 150 * (y + 60) + 20, 80);
    }
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("CTYPE1", "RA---TAN", ""));
    cards.add(new Card("CTYPE2", "DEC--TAN", ""));
    for (int axis = 1; axis <= 2; axis++) {
      // The reference is the middle of the small image: between 59 and 60, 99 and 100.
      cards.add(new Card("CRPIX" + axis, axis == 1 ? 60.5 : 100.5, ""));
      cards.add(new Card("CRVAL" + axis, axis == 1 ? 207.2 : 26.5, ""));
      cards.add(new Card("CDELT" + axis, axis == 1 ? -0.001 : 0.001, ""));
    }
    Path file = write("field.fits", field, cards);
    double[] found = probabilities("found", file, "--scale", "7.2arcsec", "--center", "207.2,26.5");
    assertArrayEquals(probabilities("whole", data.file(4)), found, 2e-2);
    Cli.Result lost = run("lost", file, "--scale", "4kpc");
    assertTrue(lost.complaint().contains("its redshift is not known, so scale=4.0kpc"), lost::err);
    assertFalse(Files.exists(folder.resolve("lost")));
  }

  /** A source on a flat patch of the image: what fills it is the patch, to the bit. */
  @Test
  void sourcesOfARegionFileAreFilledAndDrawn() throws IOException {
    double[] clean = FitsFile.read(data.file(2)).pixels();
    double[] bright = clean.clone();
    for (int y = 20; y < 33; y++) {
      for (int x = 3; x < 16; x++) {
        clean[y * SmallDataset.SIZE + x] = 0.25;
        boolean source = Math.hypot(x - 9, y - 26) <= 2.5;
        bright[y * SmallDataset.SIZE + x] = source ? 1e4 : 0.25;
      }
    }
    Path without = write("without.fits", clean, List.of());
    Path file = write("source.fits", bright, List.of());
    Path regions = Files.writeString(folder.resolve("source.reg"), "image; circle(10,27,2.5)\n");
    double[] expected = probabilities("clean", without);
    assertArrayEquals(expected, probabilities("masked", file, "--mask", regions), 0);
    assertFalse(Arrays.equals(expected, probabilities("unmasked", file)));
    Path out = folder.resolve("explained");
    Cli.Result explained =
        Cli.run(
            "explain",
            "--model",
            model.toString(),
            "--mask",
            regions.toString(),
            "--out",
            out.toString(),
            file.toString());
    assertEquals(0, explained.exit(), explained::toString);
    assertTrue(explained.err().contains("source.reg: regions=1 masked pixels=21"), explained::err);
    assertTrue(Files.readString(out.resolve("source.svg")).contains("input, sources masked"));
  }

  private static Path write(String name, double[] pixels, List<Card> cards) {
    int side = (int) Math.sqrt(pixels.length);
    Path file = folder.resolve(name);
    FitsFile.write(file, new Image(side, side, pixels), cards);
    return file;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Path image = data.file(0);
    Path small = write("small.fits", new double[100], List.of());
    Cli.Result shape = run("none", image, "--exposure", small);
    assertEquals(1, shape.exit());
    assertTrue(
        shape.complaint().contains("small.fits: exposure map of width=10 height=10"), shape::err);
    Cli.Result count = run("none", image, data.file(1), "--exposure", small);
    assertEquals(2, count.exit());
    assertTrue(count.complaint().contains("--exposure has files=1 for images=2"), count::err);
    Cli.Result scale = run("none", image, "--background-scale", "2");
    assertTrue(scale.complaint().contains("--background-scale is for --background"), scale::err);
    Cli.Result sigma = run("none", image, "--source-sigma", "4");
    assertTrue(sigma.complaint().contains("--source-sigma is for --detect-sources"), sigma::err);
    Cli.Result smooth = run("none", image, "--detect-sources");
    assertTrue(smooth.complaint().contains("is not known to be photons"), smooth::err);
    Cli.Result place = run("none", image, "--center", "207");
    assertEquals(2, place.exit());
    assertTrue(place.complaint().contains("center=207; give degrees"), place::err);
    assertFalse(Files.exists(folder.resolve("none")));
  }
}
