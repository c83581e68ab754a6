package org.clusternet.predict;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.clusternet.data.DataException;
import org.clusternet.data.image.ImageFile;

/**
 * The images that a user names: files, folders (their images, without subfolders) and patterns with
 * {@code *}, {@code ?}, {@code [a-z]} or <code>{a,b}</code>, which a shell leaves as they are if
 * they are quoted or match nothing. A file that has the very name of a pattern is that file, and so
 * is one whose name ends with an HDU in brackets.
 */
public final class ImagePaths {
  private static final Pattern IMAGE =
      Pattern.compile("(?i).+\\.((fits|fit|fts|ftz|evt|img)(\\.(gz|fz|bz2|xz|z))?|npy|png)");
  private static final Pattern WILD = Pattern.compile("[*?{\\[]");
  private static final Pattern HDU = Pattern.compile("(.*[^\\[\\]/])(\\[[^\\[\\]/]+])");

  private ImagePaths() {}

  /**
   * The files behind names.
   *
   * @param names files, folders and patterns
   * @return files in the order of the names, those of a folder or a pattern in alphabetical order;
   *     a single file need not exist
   * @throws IllegalArgumentException if a folder has no image, or a pattern matches nothing
   */
  public static List<Path> of(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        files.addAll(images(path));
      } else if (Files.exists(ImageFile.fileOf(path)) || !WILD.matcher(name).find()) {
        files.add(path);
      } else {
        files.addAll(matches(name));
      }
    }
    return files;
  }

  private static List<Path> images(Path folder) {
    List<Path> images =
        list(folder, "*").stream()
            .filter(f -> IMAGE.matcher(f.getFileName().toString()).matches())
            .filter(Files::isRegularFile)
            .toList();
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          folder
              + ": has no FITS, NPY or PNG files; name a folder of images (subfolders are left"
              + " out), or the files themselves");
    }
    return images;
  }

  private static List<Path> matches(String name) {
    Matcher hdu = HDU.matcher(name);
    boolean named = hdu.matches() && WILD.matcher(hdu.group(1)).find();
    String pattern = named ? hdu.group(1) : name;
    List<Path> found = new ArrayList<>(List.of(Path.of(pattern.startsWith("/") ? "/" : "")));
    for (Path part : Path.of(pattern)) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        if (!WILD.matcher(part.toString()).find()) {
          next.add(folder.resolve(part));
        } else if (Files.isDirectory(folder)) {
          next.addAll(list(folder, part.toString()));
        }
      }
      found = next;
    }
    List<Path> files =
        found.stream()
            .filter(Files::isRegularFile)
            .map(f -> named ? Path.of(f + hdu.group(2)) : f)
            .toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException(name + ": no file has such a name; check the pattern");
    }
    return files;
  }

  /** The entries of a folder in alphabetical order, without hidden ones. */
  private static List<Path> list(Path folder, String glob) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : stream) {
        if (!entry.getFileName().toString().startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(glob + ": is no pattern: " + e.getDescription(), e);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e, e);
    }
    entries.sort(null);
    return entries;
  }
}
