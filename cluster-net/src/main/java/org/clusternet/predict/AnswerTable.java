package org.clusternet.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.CsvFile;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.run.PredictionTable;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * The table of answers: file, probabilities, class and box, then the columns of {@link
 * AnswerColumn}. A row without a prediction has these cells empty and its error in the last.
 */
public final class AnswerTable {
  private AnswerTable() {}

  /**
   * Writes the table.
   *
   * @param file the CSV file
   * @param answers an answer per row, in their order
   */
  static void write(Path file, List<Answer> answers) {
    List<String> columns = new ArrayList<>(List.of("file"));
    columns.addAll(PredictionTable.FILE_COLUMNS);
    Arrays.stream(AnswerColumn.values()).map(AnswerColumn::key).forEach(columns::add);
    CsvFile.write(file, columns, answers.stream().map(AnswerTable::row).toList());
  }

  /**
   * Writes a table of the images without an answer, if there are any.
   *
   * @param file the CSV file
   * @param answers an answer per row
   */
  static void writeFailed(Path file, List<Answer> answers) {
    List<List<String>> rows = new ArrayList<>();
    for (Answer answer : answers) {
      String image = answer.input().files().image().toString();
      answer.error().ifPresent(error -> rows.add(List.of(image, error)));
    }
    if (!rows.isEmpty()) {
      CsvFile.write(file, List.of("file", "error"), rows);
    }
  }

  /**
   * The table as JSON: an object per row under the names of the columns. Numbers are numbers, and
   * what is not there is null.
   *
   * @param answers an answer per row, in their order
   */
  public static String json(List<Answer> answers) {
    return Json.write(answers.stream().map(AnswerTable::object).toList());
  }

  private static Map<String, @Nullable Object> object(Answer answer) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("file", answer.input().files().image().toString());
    Optional<Prediction> p = answer.prediction();
    for (CoreType type : CoreType.values()) {
      String key = "p_" + type.name().toLowerCase(Locale.ROOT);
      object.put(key, p.map(q -> q.probability(type)).orElse(null));
    }
    object.put("class", p.map(q -> q.coreType().name()).orElse(null));
    Optional<Box> box = p.flatMap(Prediction::box);
    object.put("x_min", box.map(Box::xMin).orElse(null));
    object.put("y_min", box.map(Box::yMin).orElse(null));
    object.put("x_max", box.map(Box::xMax).orElse(null));
    object.put("y_max", box.map(Box::yMax).orElse(null));
    for (AnswerColumn column : AnswerColumn.values()) {
      object.put(column.key(), answer.cells().get(column));
    }
    return object;
  }

  private static List<String> row(Answer answer) {
    List<String> row = new ArrayList<>();
    row.add(answer.input().files().image().toString());
    row.addAll(PredictionTable.cells(answer.prediction()));
    for (AnswerColumn column : AnswerColumn.values()) {
      row.add(text(answer.cells().getOrDefault(column, "")));
    }
    return row;
  }

  /** Numbers with eight significant digits: a hundredth of an arcsec in a right ascension. */
  private static String text(Object cell) {
    return cell instanceof Double number
        ? String.format(Locale.ROOT, "%.8g", number)
        : cell.toString();
  }
}
