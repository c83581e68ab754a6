package org.clusternet.likeness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.CsvFile;
import org.clusternet.domain.FeatureDensity;
import org.clusternet.render.Chart;
import org.clusternet.render.Scale;
import org.clusternet.text.Table;

/**
 * The results of a {@link LikenessStudy}: {@code results.md} (tables), {@code scores.csv} (a row
 * per image), {@code scores.svg} and {@code kinds.svg} (ROC curves by score and by kind of
 * picture).
 */
public final class LikenessReport {
  private static final double[] FALSE_ALARMS = {0.01, 0.05};
  private static final int CURVE = 200;

  private final List<ShownImage> samples;
  private final Map<Score, double[]> scores;
  private final Map<String, Integer> unusable;
  private final Map<String, String> refused;
  private final List<String> like;
  private final FeatureDensity.Thresholds thresholds;
  private final List<String> kinds =
      Arrays.stream(MadePicture.values()).map(MadePicture::title).toList();

  /**
   * Results.
   *
   * @param samples all images
   * @param scores the scores of the images, in the same order
   * @param unusable number of made pictures by kind that were refused before the network saw them
   * @param refused reasons why single files cannot be used, by file
   * @param like groups of images that should pass, the test fold first
   * @param thresholds thresholds of the model
   */
  LikenessReport(
      List<ShownImage> samples,
      Map<Score, double[]> scores,
      Map<String, Integer> unusable,
      Map<String, String> refused,
      List<String> like,
      FeatureDensity.Thresholds thresholds) {
    this.samples = List.copyOf(samples);
    this.scores = Map.copyOf(scores);
    this.unusable = Map.copyOf(unusable);
    this.refused = new TreeMap<>(refused);
    this.like = List.copyOf(like);
    this.thresholds = thresholds;
  }

  /** The tables as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("## Area under the ROC curve, by score\n\n");
    text.append(areas());
    text.append("\n## Shares beyond the model's thresholds\n\n").append(shares());
    Table single = singles();
    if (single.rows() > 0) {
      text.append("\n## Single images\n\n").append(single.markdown());
    }
    return text.toString();
  }

  private String areas() {
    StringBuilder text = new StringBuilder();
    for (String group : like) {
      List<String> columns = new ArrayList<>(List.of("score", "all"));
      columns.addAll(kinds);
      Arrays.stream(FALSE_ALARMS).forEach(f -> columns.add("caught at " + percent(f)));
      Table table = new Table(columns);
      for (Score score : Score.values()) {
        Roc all = roc(score, group, kinds);
        List<String> row = new ArrayList<>(List.of(score.title(), number(all.area())));
        kinds.forEach(k -> row.add(areaOf(score, group, k)));
        Arrays.stream(FALSE_ALARMS).forEach(f -> row.add(percent(all.caughtAt(f))));
        table.row(row);
      }
      text.append("Against ").append(group).append(" (").append(of(group).length);
      text.append(" images):\n\n").append(table.markdown()).append('\n');
    }
    return text.toString();
  }

  private String areaOf(Score score, String group, String kind) {
    return of(kind).length == 0 ? "-" : number(roc(score, group, List.of(kind)).area());
  }

  private String shares() {
    Table table = new Table("group", "images", "median distance", "unlike", "other kind");
    for (String group : groups()) {
      double[] values = values(Score.ROOT_MAHALANOBIS, group);
      int before = unusable.getOrDefault(group, 0);
      if (values.length + before > 0) {
        table.row(
            group,
            Integer.toString(values.length + before),
            values.length == 0 ? "-" : number(values[values.length / 2]),
            percent(share(values, before, thresholds.unlike())),
            percent(share(values, before, thresholds.otherKind())));
      }
    }
    return table.markdown()
        + String.format(
            Locale.ROOT,
            "%nUnlike: distance above %.2f; another kind: above %.2f, from %d images of the"
                + " validation fold. Pictures without contrast, or without a photon above the"
                + " noise, count as another kind: they are refused before the network sees them"
                + " (%s).%n",
            thresholds.unlike(),
            thresholds.otherKind(),
            thresholds.images(),
            unusable.isEmpty() ? "none here" : unusable.toString());
  }

  private static double share(double[] values, int before, double threshold) {
    double above = Roc.shareAbove(values, threshold) * values.length;
    return (above + before) / (values.length + before);
  }

  private List<String> groups() {
    List<String> groups = new ArrayList<>(List.of(LikenessStudy.TRAIN, LikenessStudy.VALIDATION));
    groups.addAll(like);
    groups.addAll(kinds);
    return groups;
  }

  private Table singles() {
    Table table = new Table("image", "distance", "of the refusing one", "verdict");
    double[] distances = values(Score.ROOT_MAHALANOBIS);
    for (int i = 0; i < distances.length; i++) {
      if (!groups().contains(samples.get(i).group())) {
        double d = distances[i];
        table.row(
            String.valueOf(Path.of(samples.get(i).name()).getFileName()),
            number(d),
            number(d / thresholds.otherKind()),
            d > thresholds.otherKind()
                ? "another kind"
                : d > thresholds.unlike() ? "unlike" : "like");
      }
    }
    refused.forEach(
        (file, reason) ->
            table.row(
                String.valueOf(Path.of(file).getFileName()),
                "-",
                "-",
                "refused: " + reason.replace(file + ": ", "")));
    return table;
  }

  /** Writes the files into a folder. */
  public void write(Path folder) {
    AtomicFile.writeText(folder.resolve("results.md"), markdown());
    List<String> columns = new ArrayList<>(List.of("group", "name"));
    Arrays.stream(Score.values()).forEach(s -> columns.add(s.name().toLowerCase(Locale.ROOT)));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      List<String> row = new ArrayList<>(List.of(samples.get(i).group(), samples.get(i).name()));
      for (Score score : Score.values()) {
        row.add(String.format(Locale.ROOT, "%.5g", values(score)[i]));
      }
      rows.add(row);
    }
    CsvFile.write(folder.resolve("scores.csv"), columns, rows);
    String test = like.get(0);
    AtomicFile.writeText(
        folder.resolve("scores.svg"),
        chart(
            "Pictures caught, by score",
            Arrays.asList(Score.values()),
            Score::title,
            s -> roc(s, test, kinds)));
    AtomicFile.writeText(
        folder.resolve("kinds.svg"),
        chart(
            "Pictures caught, by kind",
            kinds.stream().filter(k -> of(k).length > 0).toList(),
            k -> k,
            k -> roc(Score.ROOT_MAHALANOBIS, test, List.of(k))));
  }

  private <T> String chart(
      String title, List<T> series, Function<T, String> name, Function<T, Roc> curve) {
    double least = 1.0 / Math.max(2, of(like.get(0)).length);
    Chart chart =
        new Chart(title, "share of the made pictures caught against the share of test images lost")
            .x("share of test images lost", Scale.log(least, 1))
            .y("share of pictures caught", Scale.linear(0, 1));
    double[] alarms =
        IntStream.rangeClosed(0, CURVE)
            .mapToDouble(i -> Math.pow(least, 1 - (double) i / CURVE))
            .toArray();
    for (T one : series) {
      Roc roc = curve.apply(one);
      chart.line(name.apply(one), alarms, Arrays.stream(alarms).map(roc::caughtAt).toArray());
    }
    return chart.document();
  }

  private Roc roc(Score score, String likeGroup, List<String> others) {
    double[] other =
        others.stream().flatMapToDouble(k -> Arrays.stream(values(score, k))).toArray();
    return new Roc(values(score, likeGroup), other);
  }

  private double[] values(Score score) {
    return Objects.requireNonNull(scores.get(score));
  }

  /** The scores of a group, ascending. */
  private double[] values(Score score, String group) {
    return Arrays.stream(of(group)).mapToDouble(i -> values(score)[i]).sorted().toArray();
  }

  private int[] of(String group) {
    return IntStream.range(0, samples.size())
        .filter(i -> samples.get(i).group().equals(group))
        .toArray();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
