package org.clusternet.observing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.io.CsvFile;
import org.clusternet.metrics.ScoredImage;

/**
 * What a model said of an image. An image that the preprocessing refuses, because nothing of it is
 * above the noise, has no probabilities; it counts as a wrong answer, so that refusing never makes
 * a score better.
 *
 * @param form form of the image
 * @param cluster name of the cluster
 * @param projection name of the line of sight
 * @param label the true class
 * @param probabilities probabilities of CC, WCC and NCC; empty if the image was refused
 */
record StudyAnswer(
    ImageForm form, String cluster, String projection, CoreType label, List<Double> probabilities) {
  private static final List<String> COLUMNS =
      List.of("form", "cluster_id", "projection", "label", "p_cc", "p_wcc", "p_ncc");

  StudyAnswer {
    probabilities = List.copyOf(probabilities);
  }

  static StudyAnswer of(ImageForm form, CatalogEntry entry, List<Double> probabilities) {
    return new StudyAnswer(
        form, entry.clusterId(), entry.projection(), entry.label(), probabilities);
  }

  boolean isRefused() {
    return probabilities.isEmpty();
  }

  ScoredImage scored() {
    if (!isRefused()) {
      return new ScoredImage(cluster, projection, label, probabilities);
    }
    int classes = CoreType.values().length;
    List<Double> wrong = new ArrayList<>(Collections.nCopies(classes, 0.0));
    wrong.set((label.index() + 1) % classes, 1.0);
    return new ScoredImage(cluster, projection, label, wrong);
  }

  static void write(Path file, List<StudyAnswer> answers) {
    List<List<String>> rows = new ArrayList<>();
    for (StudyAnswer answer : answers) {
      List<String> row =
          new ArrayList<>(
              List.of(answer.form.key(), answer.cluster, answer.projection, answer.label.name()));
      if (answer.isRefused()) {
        row.addAll(List.of("", "", ""));
      } else {
        answer.probabilities.forEach(p -> row.add(Double.toString(p)));
      }
      rows.add(row);
    }
    CsvFile.write(file, COLUMNS, rows);
  }

  static List<StudyAnswer> read(Path file) {
    List<StudyAnswer> answers = new ArrayList<>();
    for (CsvFile.Row row : CsvFile.read(file, COLUMNS.toArray(String[]::new))) {
      try {
        List<Double> probabilities = new ArrayList<>();
        for (String column : COLUMNS.subList(4, COLUMNS.size())) {
          if (!row.get(column).isEmpty()) {
            probabilities.add(Double.parseDouble(row.get(column)));
          }
        }
        answers.add(
            new StudyAnswer(
                ImageForm.valueOf(row.get("form").toUpperCase(Locale.ROOT)),
                row.get("cluster_id"),
                row.get("projection"),
                CoreType.parse(row.get("label")),
                probabilities));
      } catch (IllegalArgumentException e) {
        throw row.error(e);
      }
    }
    return answers;
  }
}
