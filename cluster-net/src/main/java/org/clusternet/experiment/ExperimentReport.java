package org.clusternet.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.PaperResults;
import org.clusternet.metrics.Temperature;
import org.clusternet.network.Alphas;
import org.clusternet.run.RunData;
import org.jspecify.annotations.Nullable;

/** The results of finished folds and their files. */
final class ExperimentReport {
  private final Plan plan;
  private final TrainingConfig settings;
  private final RunData data;
  private final ClusterBootstrap.Settings bootstrap;
  private final String version;
  private final Path out;

  /**
   * A report.
   *
   * @param plan rows and seeds
   * @param settings settings of all runs
   * @param data the images
   * @param bootstrap settings of the confidence intervals
   * @param version version of the program
   * @param out the experiment's folder
   */
  ExperimentReport(
      Plan plan,
      TrainingConfig settings,
      RunData data,
      ClusterBootstrap.Settings bootstrap,
      String version,
      Path out) {
    this.plan = plan;
    this.settings = settings;
    this.data = data;
    this.bootstrap = bootstrap;
    this.version = version;
    this.out = out;
  }

  /** Writes all files, results.json last. */
  Results write(
      List<FoldResult> folds, Map<Long, String> hashes, Optional<ClassicalRows> classical) {
    Analysis analysis = new Analysis(bootstrap);
    List<Analysis.ScoredRow> networks = new ArrayList<>();
    for (Arm arm : plan.arms()) {
      List<Pool> pools = new ArrayList<>();
      for (long seed : plan.seeds()) {
        String hash = Objects.requireNonNull(hashes.get(seed), "a hash for each seed");
        pools.add(pool(arm, seed, hash, folds));
      }
      networks.add(analysis.score(head(arm), pools));
    }
    List<Analysis.ScoredRow> others =
        classical
            .map(rows -> rows.score(analysis, networks.get(0).pools(), this::folds))
            .orElse(List.of());
    List<Analysis.ScoredRow> all = Stream.concat(networks.stream(), others.stream()).toList();
    Results results =
        new Results(
            plan.name(),
            version,
            settings,
            data(),
            data.folds().count(),
            plan.seeds(),
            bootstrap,
            all.stream().map(Analysis.ScoredRow::row).toList(),
            new Comparisons(plan.seeds()).of(networks, others));
    new ResultFiles(out).write(results, all);
    return results;
  }

  private Folds folds(long seed) {
    return RunData.of(data.dataset(), settings.withSeed(seed)).folds();
  }

  private Pool pool(Arm arm, long seed, String hash, List<FoldResult> folds) {
    return new Pool(
        seed,
        hash,
        folds.stream()
            .filter(fold -> fold.job().arm().equals(arm) && fold.job().seed() == seed)
            .map(this::part)
            .toList());
  }

  private Pool.Part part(FoldResult fold) {
    Temperature temperature = Temperature.fit(fold.validation());
    return new Pool.Part(
        fold.testRows(),
        Optional.of(temperature),
        new Results.Fold(
            fold.job().fold(),
            out.relativize(fold.folder()).toString(),
            fold.scores().epoch(),
            fold.scores().test().macroF1(),
            fold.scores().validation().macroF1(),
            temperature.value(),
            fold.seconds(),
            fold.scores().device()));
  }

  private static Results.Row head(Arm arm) {
    return new Results.Row(
        arm.name(),
        "network",
        arm.approach(),
        arm.variant().toString(),
        arm.alphas(),
        paper(arm),
        List.of(),
        null);
  }

  private static Results.@Nullable Paper paper(Arm arm) {
    if (arm.paperMacroF1().isEmpty()) {
      return null;
    }
    Optional<PaperResults> tableOne =
        PaperResults.of(arm.variant().toString())
            .filter(paper -> arm.alphas().equals(Alphas.PAPER));
    Map<String, ClassScores> classes = new LinkedHashMap<>();
    tableOne.ifPresent(
        paper -> {
          for (CoreType type : CoreType.values()) {
            classes.put(type.name(), Objects.requireNonNull(paper.classes().get(type)));
          }
        });
    return new Results.Paper(arm.paperMacroF1().getAsDouble(), classes.isEmpty() ? null : classes);
  }

  private Results.Data data() {
    List<CatalogEntry> entries = data.dataset().catalog().entries();
    List<CoreType> images = entries.stream().map(CatalogEntry::label).toList();
    Collection<CoreType> clusters = Folds.classOfCluster(entries).values();
    return new Results.Data(
        settings.data().folder(), images.size(), clusters.size(), count(images), count(clusters));
  }

  private static Map<String, Integer> count(Collection<CoreType> labels) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (CoreType type : CoreType.values()) {
      counts.put(type.name(), Collections.frequency(labels, type));
    }
    return counts;
  }
}
