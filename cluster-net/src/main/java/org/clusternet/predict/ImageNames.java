package org.clusternet.predict;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names for what is written about images: theirs, without the ending, each given out once. */
public final class ImageNames {
  private static final Pattern ENDING =
      Pattern.compile(
          "(?i)\\.((fits|fit|fts)(\\.(gz|fz|bz2|xz|z))*|npy|png)(?<hdu>\\[[^\\[\\]]+)?]?$");

  private final Set<String> used = new HashSet<>();

  /** No name is taken yet. */
  public ImageNames() {}

  /**
   * The image's name without its ending, with the HDU that is named behind it; images of one name
   * in several folders are numbered.
   */
  public String of(Path image) {
    Matcher match = ENDING.matcher(image.getFileName().toString());
    String name =
        match.replaceFirst(
            m -> m.group("hdu") == null ? "" : m.group("hdu").replaceAll("\\W+", "_"));
    String free = name;
    for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = name + "-" + n;
    }
    return free;
  }
}
