package org.clusternet.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.inference.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What came of one image: a prediction or the reason why there is none, with the facts that were
 * found on the way. Every image that goes in comes out as one of these, so that a bad file costs
 * its own row and no other; it is filled in by all that handle the image, one after the other.
 */
public final class Answer {
  private final PredictionInput input;
  private final Map<AnswerColumn, Object> cells = new EnumMap<>(AnswerColumn.class);
  private final List<String> notes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable Prediction prediction;
  private @Nullable String error;

  /**
   * An answer that is still open.
   *
   * @param input the image that is asked about
   */
  public Answer(PredictionInput input) {
    this.input = input;
    if (!input.id().isEmpty()) {
      put(AnswerColumn.ID, input.id());
    }
  }

  /** The image that was asked about. */
  public PredictionInput input() {
    return input;
  }

  /** Sets a cell to a number. */
  public void put(AnswerColumn column, double value) {
    cells.put(column, value);
  }

  /** Sets a cell to a text. */
  public void put(AnswerColumn column, String text) {
    cells.put(column, text);
  }

  /** The cells that are set: {@code Double} or {@code String}. */
  public Map<AnswerColumn, Object> cells() {
    return Collections.unmodifiableMap(cells);
  }

  /**
   * Adds a warning; it is a line of the log, and part of the column {@code warning}.
   *
   * @param text what is doubtful and the remedy, without the name of the file
   */
  public void warn(String text) {
    warnings.add(text);
    put(AnswerColumn.WARNING, String.join("; ", warnings));
  }

  /**
   * Adds a fact that is a line of the log only.
   *
   * @param text what was found, without the name of the file
   */
  public void note(String text) {
    notes.add(text);
  }

  /** The facts for the log in the order in which they were found. */
  public List<String> notes() {
    return Collections.unmodifiableList(notes);
  }

  /** The warnings in the order in which they were found. */
  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Sets the prediction. */
  public void predicted(Prediction found) {
    prediction = found;
  }

  /**
   * Ends without a prediction.
   *
   * @param reason one line that names the file, the value and the remedy
   */
  public void fail(String reason) {
    prediction = null;
    error = reason;
    put(AnswerColumn.ERROR, reason);
  }

  /** The prediction; empty if there is an error. */
  public Optional<Prediction> prediction() {
    return Optional.ofNullable(prediction);
  }

  /** Why there is no prediction. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
