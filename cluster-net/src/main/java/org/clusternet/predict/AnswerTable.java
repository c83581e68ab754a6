package org.clusternet.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.io.CsvFile;
import org.clusternet.run.PredictionTable;

/**
 * The table of answers: file, probabilities, class and box, then the columns of {@link
 * AnswerColumn}. A row without a prediction has these cells empty and its error in the last.
 */
final class AnswerTable {
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
