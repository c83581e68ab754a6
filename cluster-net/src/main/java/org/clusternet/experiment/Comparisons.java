package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.Holm;
import org.clusternet.metrics.McNemar;

/**
 * Tests between rows over the same images: every pair of networks, and every classical classifier
 * against the last network. The p values of one kind of test are corrected together.
 */
final class Comparisons {
  private final List<Long> seeds;

  Comparisons(List<Long> seeds) {
    this.seeds = seeds;
  }

  private record Pair(Analysis.ScoredRow first, Analysis.ScoredRow second) {}

  /** Compares networks with each other, and classical classifiers with the last network. */
  List<Results.Comparison> of(
      List<Analysis.ScoredRow> networks, List<Analysis.ScoredRow> classical) {
    List<Pair> pairs = new ArrayList<>();
    for (int j = 1; j < networks.size(); j++) {
      for (int i = 0; i < j; i++) {
        pairs.add(new Pair(networks.get(i), networks.get(j)));
      }
    }
    Analysis.ScoredRow last = networks.get(networks.size() - 1);
    classical.forEach(row -> pairs.add(new Pair(row, last)));
    return compare(pairs);
  }

  private List<Results.Comparison> compare(List<Pair> pairs) {
    List<Results.Test> images = tests(pairs, Analysis.ScoredRow::images);
    List<Results.Test> clusters = tests(pairs, Analysis.ScoredRow::clusters);
    List<List<Results.McNemarTest>> mcnemar =
        IntStream.range(0, seeds.size()).mapToObj(repeat -> mcnemar(pairs, repeat)).toList();
    List<Results.Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      int pair = i;
      comparisons.add(
          new Results.Comparison(
              pairs.get(i).first().row().name(),
              pairs.get(i).second().row().name(),
              images.get(i),
              clusters.get(i),
              mcnemar.stream().map(seed -> seed.get(pair)).toList()));
    }
    return comparisons;
  }

  private static List<Results.Test> tests(
      List<Pair> pairs, Function<Analysis.ScoredRow, List<ClusterBootstrap>> resampled) {
    List<ClusterBootstrap.Difference> differences =
        pairs.stream()
            .map(
                pair ->
                    ClusterBootstrap.difference(
                        resampled.apply(pair.first()),
                        resampled.apply(pair.second()),
                        ConfusionMatrix::macroF1))
            .toList();
    double[] holm =
        Holm.adjust(differences.stream().mapToDouble(ClusterBootstrap.Difference::p).toArray());
    return IntStream.range(0, holm.length)
        .mapToObj(
            i -> new Results.Test(differences.get(i).score(), differences.get(i).p(), holm[i]))
        .toList();
  }

  private List<Results.McNemarTest> mcnemar(List<Pair> pairs, int repeat) {
    List<McNemar> tests =
        pairs.stream()
            .map(
                pair ->
                    McNemar.of(
                        pair.first().clusterPredictions().get(repeat),
                        pair.second().clusterPredictions().get(repeat)))
            .toList();
    double[] holm = Holm.adjust(tests.stream().mapToDouble(McNemar::exactP).toArray());
    return IntStream.range(0, holm.length)
        .mapToObj(i -> new Results.McNemarTest(seeds.get(repeat), tests.get(i), holm[i]))
        .toList();
  }
}
