package org.clusternet.data.fold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.random.CounterRandom;

/**
 * A division of a catalogue's clusters into k folds for cross-validation (paper, section IV-B).
 *
 * <p>Whole clusters are assigned to folds: all projections of a cluster show the same gas, so a
 * cluster in both training and test set would let the network recognise it. Clusters are stratified
 * by class: those of a class are shuffled and assigned to the folds in turn, each class continuing
 * at the fold where the previous class ended. So the number of clusters of a class differs by at
 * most 1 between folds, and so does the total number of clusters. Fold i is the test set of split
 * i, fold i + 1 (modulo k) its validation set, the others its training set.
 *
 * <p>The division depends on the clusters, their classes, k and the seed, and on nothing else, such
 * as the order of rows or the JVM.
 */
public final class Folds {
  /** The paper's number of folds. */
  public static final int DEFAULT_COUNT = 10;

  private static final int MIN_COUNT = 3;
  private static final int NAMED = 3;
  private static final List<String> COLUMNS = List.of("cluster_id", "fold");

  private final int count;
  private final SortedMap<String, Integer> foldOfCluster;
  private final List<CatalogEntry> entries;

  /**
   * The three sets of one split, as indices into the entries that the folds were made from, in
   * ascending order.
   *
   * @param train the images of k - 2 folds, for training
   * @param validation the images of the fold that selects the epoch
   * @param test the images of the fold that is reported
   */
  public record Split(List<Integer> train, List<Integer> validation, List<Integer> test) {}

  private Folds(int count, SortedMap<String, Integer> foldOfCluster, List<CatalogEntry> entries) {
    this.count = count;
    this.foldOfCluster = Collections.unmodifiableSortedMap(foldOfCluster);
    this.entries = List.copyOf(entries);
  }

  /**
   * Divides the clusters of a catalogue.
   *
   * @param entries the images; the class of a cluster is the most frequent one of its projections,
   *     or of equally frequent ones that of the shorter cooling time
   * @param k the number of folds, at least 3
   * @param seed random seed of the division
   * @return the folds
   * @throws DataException if k is below 3 or there are fewer clusters than folds
   */
  public static Folds stratified(List<CatalogEntry> entries, int k, long seed) {
    if (k < MIN_COUNT) {
      throw new DataException(
          "folds: folds="
              + k
              + " must be at least 3: one for testing, one for validation, one for training");
    }
    SortedMap<String, CoreType> classes = classOfCluster(entries);
    if (classes.size() < k) {
      throw new DataException(
          "folds: clusters="
              + classes.size()
              + " are fewer than folds="
              + k
              + (classes.size() < MIN_COUNT
                  ? "; at least 3 clusters are needed"
                  : "; choose at most " + classes.size() + " folds or add clusters"));
    }
    SortedMap<String, Integer> folds = new TreeMap<>();
    int next = 0;
    for (CoreType type : CoreType.values()) {
      List<String> clusters =
          classes.entrySet().stream()
              .filter(e -> e.getValue() == type)
              .map(Map.Entry::getKey)
              .toList();
      int[] order = new int[clusters.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      new CounterRandom(seed, "folds", type.index()).shuffle(order);
      for (int i : order) {
        folds.put(clusters.get(i), next);
        next = (next + 1) % k;
      }
    }
    return new Folds(k, folds, entries);
  }

  /** The class of every cluster: the {@linkplain CoreType#mostFrequent most frequent} label. */
  public static SortedMap<String, CoreType> classOfCluster(List<CatalogEntry> entries) {
    SortedMap<String, List<CoreType>> labels = new TreeMap<>();
    for (CatalogEntry entry : entries) {
      labels.computeIfAbsent(entry.clusterId(), c -> new ArrayList<>()).add(entry.label());
    }
    SortedMap<String, CoreType> classes = new TreeMap<>();
    labels.forEach((cluster, list) -> classes.put(cluster, CoreType.mostFrequent(list)));
    return classes;
  }

  /**
   * Reads a division written by {@link #write} or by another program, and checks it against the
   * catalogue.
   *
   * @param file a CSV table with the columns cluster_id and fold (counted from 0)
   * @param entries the images
   * @return the folds
   * @throws DataException if the file is missing or not such a table, a fold is not a whole number
   *     of at least 0, a cluster is in two folds or listed twice, there are fewer than 3 folds or
   *     an empty one, or its clusters are not exactly those of the entries
   */
  public static Folds read(Path file, List<CatalogEntry> entries) {
    SortedMap<String, Integer> folds = new TreeMap<>();
    for (CsvFile.Row row : CsvFile.read(file, COLUMNS.toArray(String[]::new))) {
      String cluster = row.get("cluster_id");
      int fold = foldNumber(row);
      Integer other = folds.putIfAbsent(cluster, fold);
      if (other != null) {
        throw row.error(
            "cluster_id="
                + cluster
                + (other == fold
                    ? " is listed twice; remove one row"
                    : " is in two folds, "
                        + other
                        + " and "
                        + fold
                        + "; a cluster in both training and test would leak: keep one row"));
      }
    }
    int count = requireCount(file, folds);
    requireSameClusters(file, folds, entries);
    return new Folds(count, folds, entries);
  }

  private static int foldNumber(CsvFile.Row row) {
    try {
      int fold = Integer.parseInt(row.get("fold"));
      if (fold >= 0) {
        return fold;
      }
    } catch (NumberFormatException e) {
      throw row.error("fold=" + row.get("fold") + " is not a whole number; folds count from 0");
    }
    throw row.error("fold=" + row.get("fold") + " is negative; folds count from 0");
  }

  private static int requireCount(Path file, SortedMap<String, Integer> folds) {
    int last = folds.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    if (last < MIN_COUNT - 1) {
      throw new DataException(
          file
              + ": folds="
              + (last + 1)
              + " must be at least 3: one for testing, one for validation, one"
              + " for training");
    }
    for (int fold = 0; fold < last; fold++) {
      if (!folds.containsValue(fold)) {
        throw new DataException(
            file
                + ": fold="
                + fold
                + " of 0 to "
                + last
                + " is empty; number the folds without"
                + " gaps");
      }
    }
    return last + 1;
  }

  private static void requireSameClusters(
      Path file, SortedMap<String, Integer> folds, List<CatalogEntry> entries) {
    SortedMap<String, CoreType> classes = classOfCluster(entries);
    List<String> missing = classes.keySet().stream().filter(c -> !folds.containsKey(c)).toList();
    List<String> unknown = folds.keySet().stream().filter(c -> !classes.containsKey(c)).toList();
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      List<String> parts = new ArrayList<>();
      if (!missing.isEmpty()) {
        parts.add("clusters of the catalogue without a fold=" + some(missing));
      }
      if (!unknown.isEmpty()) {
        parts.add("clusters that the catalogue does not have=" + some(unknown));
      }
      throw new DataException(
          file + ": " + String.join(", ", parts) + "; make new folds for this catalogue");
    }
  }

  private static String some(List<String> names) {
    return names.size()
        + " ("
        + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? ", ..." : "")
        + ")";
  }

  /**
   * Writes the division as a CSV table of cluster_id and fold, sorted by cluster, completely or not
   * at all.
   *
   * @param file the file to write; its folder must exist
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    List<List<String>> rows = new ArrayList<>();
    foldOfCluster.forEach((cluster, fold) -> rows.add(List.of(cluster, Integer.toString(fold))));
    CsvFile.write(file, COLUMNS, rows);
  }

  /**
   * The number of folds, which is also the number of splits.
   *
   * @return at least 3
   */
  public int count() {
    return count;
  }

  /**
   * The fold of every cluster.
   *
   * @return unmodifiable map from cluster_id to the number of its fold, from 0 to count - 1
   */
  public SortedMap<String, Integer> foldOfCluster() {
    return foldOfCluster;
  }

  /**
   * One split of the cross-validation.
   *
   * @param fold the test fold, from 0 to count - 1
   * @return its three sets
   * @throws IllegalArgumentException if there is no such fold
   */
  public Split split(int fold) {
    if (fold < 0 || fold >= count) {
      throw new IllegalArgumentException(
          "folds: fold=" + fold + " is not within 0 to " + (count - 1));
    }
    int validationFold = (fold + 1) % count;
    List<Integer> train = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      int own = Objects.requireNonNull(foldOfCluster.get(entries.get(i).clusterId()));
      (own == fold ? test : own == validationFold ? validation : train).add(i);
    }
    return new Split(List.copyOf(train), List.copyOf(validation), List.copyOf(test));
  }
}
