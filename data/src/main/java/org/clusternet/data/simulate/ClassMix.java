package org.clusternet.data.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;

/**
 * The numbers of clusters of each core type in a simulated dataset.
 *
 * <p>{@link #NATIVE} takes the population as drawn. The others fix the counts (by largest
 * remainders) and redraw each cluster until it has its type, which leaves the population within a
 * type unchanged; the seed decides which cluster gets which type.
 */
public enum ClassMix {
  /** The fractions of the population. */
  NATIVE(0, 0, 0),
  /** The paper's 318 clusters of TNG300: 10 % CC, 59 % WCC, 31 % NCC. */
  PAPER(10, 59, 31),
  /** ACCEPT: 27 % CC, 50 % WCC, 22 % NCC. */
  ACCEPT(27, 50, 22),
  /** A third of each. */
  BALANCED(1, 1, 1);

  private final int cc;
  private final int wcc;
  private final int ncc;

  ClassMix(int cc, int wcc, int ncc) {
    this.cc = cc;
    this.wcc = wcc;
    this.ncc = ncc;
  }

  /**
   * The mix of a name, in upper or lower case.
   *
   * @param name one of {@link #names()}
   * @return the mix
   * @throws IllegalArgumentException if no mix has the name; the message lists the names
   */
  public static ClassMix parse(String name) {
    for (ClassMix mix : values()) {
      if (mix.name().equalsIgnoreCase(name.strip())) {
        return mix;
      }
    }
    throw new IllegalArgumentException(
        "class mix: unknown mix=" + name + "; known mixes are " + String.join(", ", names()));
  }

  /**
   * The names of all mixes, for a command line.
   *
   * @return lower case, in order
   */
  public static List<String> names() {
    return Arrays.stream(values()).map(mix -> mix.name().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The wanted types of the clusters of a dataset.
   *
   * @param clusters number of clusters
   * @param seed seed of the dataset
   * @return the type of each cluster; empty where any type is accepted
   */
  List<Optional<CoreType>> assign(int clusters, long seed) {
    List<Optional<CoreType>> types =
        new ArrayList<>(Collections.nCopies(clusters, Optional.empty()));
    if (this == NATIVE) {
      return types;
    }
    int[] order = IntStream.range(0, clusters).toArray();
    new CounterRandom(seed, "class mix").shuffle(order);
    int next = 0;
    for (Map.Entry<CoreType, Integer> count : counts(clusters).entrySet()) {
      for (int i = 0; i < count.getValue(); i++) {
        types.set(order[next++], Optional.of(count.getKey()));
      }
    }
    return types;
  }

  /** Counts by largest remainders; of equal remainders the shorter cooling time first. */
  private Map<CoreType, Integer> counts(int clusters) {
    Map<CoreType, Integer> counts = new EnumMap<>(CoreType.class);
    Map<CoreType, Double> remainders = new EnumMap<>(CoreType.class);
    int left = clusters;
    for (CoreType type : CoreType.values()) {
      double quota = (double) clusters * weight(type) / (cc + wcc + ncc);
      int whole = (int) quota;
      counts.put(type, whole);
      remainders.put(type, quota - whole);
      left -= whole;
    }
    for (; left > 0; left--) {
      CoreType largest =
          Collections.max(remainders.entrySet(), Map.Entry.comparingByValue()).getKey();
      counts.merge(largest, 1, Integer::sum);
      remainders.put(largest, -1.0);
    }
    return counts;
  }

  private int weight(CoreType type) {
    return switch (type) {
      case CC -> cc;
      case WCC -> wcc;
      case NCC -> ncc;
    };
  }
}
