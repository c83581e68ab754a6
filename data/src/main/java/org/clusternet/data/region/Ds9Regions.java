package org.clusternet.data.region;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.sky.CelestialSystem;

/**
 * A region file of DS9 (SAOImage DS9 reference manual, "Regions"), or of CIAO, whose upper-case
 * shapes are the same.
 *
 * <p>A pixel is in a region if its centre is. As in DS9, sizes and angles in the sky are brought to
 * pixels at the region's centre, angles run from the west (right, where north is up) to the north,
 * and plain numbers mean physical pixels where no coordinate system is named. An excluded region
 * ({@code -circle}) takes its pixels out of all others, in any order; but a file of excluded
 * regions alone lists what was cut out of an observation, so its regions count like any others.
 * What is not known is an error: a source that stays unmasked in silence would be taken for the
 * cluster.
 */
public final class Ds9Regions {
  private static final Set<String> PIXEL_SYSTEMS = Set.of("image", "physical");
  private static final Set<String> REFUSED = Set.of("linear", "amplifier", "detector");
  private static final Pattern INCLUDE = Pattern.compile("(?:^|\\s)include\\s*=\\s*([01])");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

  private final Path file;
  private final List<RegionShape> shapes = new ArrayList<>();
  private String system = "";
  private boolean included = true;

  private Ds9Regions(Path file) {
    this.file = file;
  }

  /**
   * Reads a region file.
   *
   * @param file the file
   * @return its regions, at least one
   * @throws DataException if it cannot be read, has no region, or a line that is not known
   */
  public static Ds9Regions read(Path file) {
    Ds9Regions regions = new Ds9Regions(file);
    for (RegionCommand command : RegionCommand.of(lines(file))) {
      regions.located(command, () -> regions.take(command));
    }
    if (regions.shapes.isEmpty()) {
      throw new DataException(file + ": has no region; save the regions of DS9 to it");
    }
    return regions;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (MalformedInputException e) {
      throw new DataException(
          file + ": is no text; save the regions in DS9's or CIAO's text format", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private <T> T located(RegionCommand command, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": line " + command.line() + ": " + e.getMessage(), e);
    }
  }

  /** Takes a command: a coordinate system, global properties or a shape; true for a shape. */
  private boolean take(RegionCommand command) {
    String text = command.text().toLowerCase(Locale.ROOT);
    if (text.equals("global") || text.startsWith("global ")) {
      included = isIncluded(text + command.properties(), included);
      return false;
    }
    if (WORD.matcher(text).matches()) {
      boolean known = PIXEL_SYSTEMS.contains(text) || CelestialSystem.named(text).isPresent();
      if (!known) {
        String what =
            REFUSED.contains(text) || text.startsWith("wcs") ? "is not read" : "is not known";
        throw new IllegalArgumentException(
            "coordinate system=%s %s; save the regions in fk5 or image coordinates"
                .formatted(command.text(), what));
      }
      system = text;
      return false;
    }
    boolean plain = isIncluded(command.properties(), included);
    return shapes.add(RegionShape.of(command, system, plain));
  }

  private static boolean isIncluded(String properties, boolean standard) {
    Matcher matcher = INCLUDE.matcher(properties);
    return matcher.find() ? matcher.group(1).equals("1") : standard;
  }

  /**
   * The number of regions.
   *
   * @return at least 1
   */
  public int count() {
    return shapes.size();
  }

  /**
   * Whether a pixel of an image is in the regions.
   *
   * @param keywords keywords of the image, for its coordinates
   * @param width columns of the image
   * @param height rows of the image
   * @return by pixel, in the image's order
   * @throws DataException if a region needs coordinates that the image does not have, or its shape
   *     or numbers are wrong; the message names the line
   */
  public boolean[] mask(FitsKeywords keywords, int width, int height) {
    RegionGrid grid = new RegionGrid(keywords);
    boolean onlyExcluded = shapes.stream().allMatch(RegionShape::excluded);
    boolean[] in = new boolean[width * height];
    boolean[] out = new boolean[width * height];
    for (RegionShape shape : shapes) {
      Optional<RegionArea> area = located(shape.command(), () -> shape.on(grid));
      boolean[] target = shape.excluded() && !onlyExcluded ? out : in;
      area.ifPresent(a -> fill(a, target, width));
    }
    for (int i = 0; i < in.length; i++) {
      in[i] &= !out[i];
    }
    return in;
  }

  private static void fill(RegionArea area, boolean[] target, int width) {
    for (int i = 0; i < target.length; i++) {
      int row = i / width;
      target[i] |= area.contains(i % width, row);
    }
  }
}
