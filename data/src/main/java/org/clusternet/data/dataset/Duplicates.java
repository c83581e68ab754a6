package org.clusternet.data.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Failures;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.sky.CelestialSystem;

/**
 * Clusters that are in a dataset under two names. Folds keep the images of one name together; one
 * cluster under two names can be in training and test, and the scores are then too good.
 *
 * <p>Names are the same if they differ by case, blanks, hyphens or underscores only, other than
 * between digits: halo_1_12 and halo_11_2 are two. Sources are the same within {@value #NEAR}
 * arcsec, or if their pixels are equal. A place that at least half of the names share, and more
 * than three, is that of a mock observation, all of which point to the same place in the sky, and
 * says nothing.
 */
public final class Duplicates {
  /** The distance within which two sources are one, in arcsec. */
  public static final double NEAR = 30;

  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}_\\p{Pd}\\u2212]+");
  private static final double ARCSEC = 3600;
  private static final int FEW = 3;

  /**
   * An image of a dataset.
   *
   * @param clusterId name of its cluster
   * @param place right ascension and declination of its middle in degrees
   * @param pixels {@linkplain #fingerprint fingerprint} of its pixels
   */
  public record Source(String clusterId, Optional<double[]> place, OptionalLong pixels) {

    /**
     * An image that has been read.
     *
     * @param clusterId name of its cluster
     * @param read the image with its keywords
     * @param input the network's input that was made of it
     * @return its place, where the keywords give one, and its fingerprint
     */
    static Source of(String clusterId, SourceImage read, Preprocessing.Input input) {
      return new Source(clusterId, middle(read), fingerprint(input.pixels()));
    }

    private static Optional<double[]> middle(SourceImage read) {
      Optional<SkyFrame> frame = SkyFrame.of(read.keywords());
      Optional<CelestialSystem> system = frame.flatMap(SkyFrame::system);
      double x = (read.image().width() - 1) / 2.0;
      double y = (read.image().height() - 1) / 2.0;
      return system.flatMap(
          s -> frame.flatMap(f -> f.skyOf(x, y)).map(place -> s.toIcrs(place[0], place[1])));
    }
  }

  private Duplicates() {}

  /**
   * Finds clusters under two names.
   *
   * @param sources the images of a dataset
   * @return a line for every pair of names, in the order of the images
   */
  public static List<String> find(List<Source> sources) {
    Map<Set<String>, String> found = new LinkedHashMap<>();
    addNames(sources, found);
    addPixels(sources, found);
    addPlaces(sources, found);
    return List.copyOf(found.values());
  }

  /**
   * Refuses a dataset with such clusters.
   *
   * @param where the dataset or table, for the error
   * @param sources its images
   * @throws DataException if there are any; the message has the first few lines and the remedy
   */
  public static void refuse(String where, List<Source> sources) {
    List<String> found = find(sources);
    if (!found.isEmpty()) {
      throw new DataException(
          where
              + ": "
              + Failures.join(found, " pairs")
              + "; one cluster under two names can be in training and test: give it one name, or"
              + " use --allow-duplicates if they are different clusters");
    }
  }

  /**
   * A number that is the same for equal pixels, and practically only for them.
   *
   * @param pixels the pixels
   * @return empty if they are all the same, as in an image without a cluster
   */
  public static OptionalLong fingerprint(float[] pixels) {
    long hash = pixels.length;
    boolean varied = false;
    for (float pixel : pixels) {
      hash = (hash ^ Float.floatToIntBits(pixel)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
      varied |= pixel != pixels[0];
    }
    return varied ? OptionalLong.of(hash) : OptionalLong.empty();
  }

  private static void add(Map<Set<String>, String> found, String a, String b, String why) {
    if (!a.equals(b)) {
      found.putIfAbsent(Set.of(a, b), "cluster_id=%s and cluster_id=%s %s".formatted(a, b, why));
    }
  }

  private static void addNames(List<Source> sources, Map<Set<String>, String> found) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String id : names(sources)) {
      String key = BETWEEN.matcher(id).replaceAll("").toLowerCase(Locale.ROOT);
      for (String other : alike.computeIfAbsent(key, k -> new ArrayList<>())) {
        Set<Integer> first = breaks(other);
        Set<Integer> second = breaks(id);
        if (first.containsAll(second) || second.containsAll(first)) {
          add(found, other, id, "differ only by case, blanks, - or _");
        }
      }
      alike.get(key).add(id);
    }
  }

  private static Set<String> names(List<Source> sources) {
    Set<String> names = new LinkedHashSet<>();
    sources.forEach(source -> names.add(source.clusterId()));
    return names;
  }

  /** Where a name without its blanks has one of them between digits. */
  private static Set<Integer> breaks(String id) {
    Set<Integer> breaks = new HashSet<>();
    StringBuilder plain = new StringBuilder();
    for (String part : BETWEEN.split(id)) {
      int end = plain.length();
      if (end > 0
          && !part.isEmpty()
          && Character.isDigit(plain.charAt(end - 1))
          && Character.isDigit(part.charAt(0))) {
        breaks.add(end);
      }
      plain.append(part);
    }
    return breaks;
  }

  private static void addPixels(List<Source> sources, Map<Set<String>, String> found) {
    Map<Long, String> owners = new HashMap<>();
    for (Source source : sources) {
      if (source.pixels().isPresent()) {
        String owner = owners.putIfAbsent(source.pixels().getAsLong(), source.clusterId());
        add(
            found,
            owner == null ? source.clusterId() : owner,
            source.clusterId(),
            "have an image of equal pixels");
      }
    }
  }

  private static void addPlaces(List<Source> sources, Map<Set<String>, String> found) {
    List<Source> placed =
        sources.stream()
            .filter(s -> s.place().isPresent())
            .sorted(Comparator.comparingDouble((Source s) -> s.place().get()[1]))
            .toList();
    int names = names(sources).size();
    List<Source[]> pairs = new ArrayList<>();
    Map<Source, Set<String>> crowd = new HashMap<>();
    for (int i = 0; i < placed.size(); i++) {
      double[] here = placed.get(i).place().get();
      for (int j = i + 1; j < placed.size(); j++) {
        double[] there = placed.get(j).place().get();
        if ((there[1] - here[1]) * ARCSEC > NEAR) {
          break;
        }
        if (distance(here, there) <= NEAR) {
          pairs.add(new Source[] {placed.get(i), placed.get(j)});
          crowd.computeIfAbsent(placed.get(i), k -> new HashSet<>()).add(placed.get(j).clusterId());
          crowd.computeIfAbsent(placed.get(j), k -> new HashSet<>()).add(placed.get(i).clusterId());
        }
      }
    }
    for (Source[] pair : pairs) {
      int shared =
          Math.max(
              crowd.getOrDefault(pair[0], Set.of()).size(),
              crowd.getOrDefault(pair[1], Set.of()).size());
      if (shared < FEW || 2 * shared < names) {
        String why =
            String.format(
                Locale.ROOT,
                "are %.1f arcsec apart",
                distance(pair[0].place().get(), pair[1].place().get()));
        add(found, pair[0].clusterId(), pair[1].clusterId(), why);
      }
    }
  }

  /** The distance of two places in the sky in arcsec (haversine formula). */
  private static double distance(double[] a, double[] b) {
    double up = Math.sin(Math.toRadians(b[1] - a[1]) / 2);
    double across = Math.sin(Math.toRadians(b[0] - a[0]) / 2);
    double both = Math.cos(Math.toRadians(a[1])) * Math.cos(Math.toRadians(b[1]));
    double h = up * up + both * across * across;
    return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(h)))) * ARCSEC;
  }
}
