package org.clusternet.predict;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for what is written about images: theirs, without the ending, each given out once. */
public final class ImageNames {
  private final Set<String> used = new HashSet<>();

  /** No name is taken yet. */
  public ImageNames() {}

  /**
   * The image's name without its ending, with the HDU that it names; images of one name in several
   * folders are numbered.
   */
  public String of(Path image) {
    String name =
        image
            .getFileName()
            .toString()
            .replaceAll(
                "(?i)\\.((fits|fit|fts|ftz|evt|img)(\\.(gz|fz|bz2|xz|z))?|npy|png)(?=$|\\[)", "")
            .replaceAll("\\[([^\\[\\]]+)]$", "_$1");
    String free = name;
    for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = name + "-" + n;
    }
    return free;
  }
}
