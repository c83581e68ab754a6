package org.clusternet.training;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.clusternet.data.CoreType;
import org.clusternet.data.fold.Folds;
import org.clusternet.nn.optim.StepDecay;
import org.clusternet.progress.LineProgress;
import org.clusternet.progress.Progress;
import org.clusternet.training.FakeModel.Script;
import org.junit.jupiter.api.Test;

/** The loop, with a model that answers by a script. */
class TrainerTest {
  /** Samples 0 to 9 to train on, 10 to 13 to validate, 14 and 15 to test. */
  private static final List<CoreType> LABELS =
      List.of(CC, WCC, NCC, CC, WCC, NCC, CC, WCC, NCC, CC, CC, WCC, WCC, NCC, WCC, NCC);

  private static final Folds.Split SPLIT =
      new Folds.Split(range(0, 10), range(10, 14), range(14, 16));
  private static final int BATCH = 4;
  private static final int BATCHES = 3;

  @Test
  void theEpochWithTheHighestValidationMacroF1IsBest() {
    FakeModel model = model(new Script(CC, 1), new Script(WCC, 5), new Script(NCC, 1));
    Trainer.Outcome outcome = train(model);
    assertEquals(2, outcome.best().epoch());
    assertEquals(2, model.epoch(), "the weights of the best epoch are back");
    double onlyWcc = 2 * 2 / (4.0 + 2) / 3;
    assertEquals(onlyWcc, outcome.best().validationMacroF1(), 1e-15);
    assertEquals(5, outcome.best().validationLoss());
    assertEquals(3, outcome.epochs().size());
  }

  @Test
  void equalMacroF1IsDecidedByTheLowerLossThenTheEarlierEpoch() {
    assertEquals(
        3, train(model(new Script(CC, 3), new Script(CC, 2), new Script(CC, 1))).best().epoch());
    assertEquals(
        2, train(model(new Script(CC, 2), new Script(CC, 1), new Script(CC, 1))).best().epoch());
  }

  @Test
  void everyEpochTrainsOnEveryTrainingSampleOnce() {
    FakeModel model = model(new Script(CC, 1), new Script(CC, 1));
    train(model);
    assertEquals(2 * BATCHES, model.trained.size());
    for (int epoch = 0; epoch < 2; epoch++) {
      int[] seen =
          model.trained.subList(epoch * BATCHES, (epoch + 1) * BATCHES).stream()
              .flatMapToInt(Arrays::stream)
              .sorted()
              .toArray();
      assertEquals(range(0, 10), Arrays.stream(seen).boxed().toList());
    }
  }

  @Test
  void theLearningRateFallsByEpoch() {
    FakeModel model = model(new Script(CC, 1), new Script(CC, 1), new Script(CC, 1));
    train(model);
    List<Double> byEpoch = IntStream.range(0, 3).mapToObj(e -> model.rates.get(e * 3)).toList();
    assertEquals(List.of(0.01, 0.01, 0.001), byEpoch);
  }

  @Test
  void theLossOfAnEpochIsTheMeanOverItsSamples() {
    EpochMetrics epoch = train(model(new Script(CC, 1))).epochs().get(0);
    assertEquals((4 * 1 + 4 * 2 + 2 * 3) / 10.0, epoch.train().total(), 1e-15);
    assertEquals(0.5, epoch.train().primary(), 1e-15);
    assertTrue(Double.isNaN(epoch.train().fusion()), "a part that there is not");
    assertEquals((4 * 4 + 4 * 4 + 2 * 2) / 10.0, epoch.train().regression(), 1e-15);
  }

  @Test
  void theListenerIsToldOfEveryEpochAndWhetherItIsTheBest() {
    List<String> heard = new ArrayList<>();
    FakeModel model = model(new Script(CC, 2), new Script(CC, 3), new Script(CC, 1));
    trainer(model, 3, Progress.SILENT)
        .train(
            SPLIT,
            TrainingState.START,
            (state, best) -> heard.add(state.epochs().size() + " " + best + model.epoch()));
    assertEquals(List.of("1 true1", "2 false2", "3 true3"), heard);
  }

  /** A listener that stops training after so many steps and epochs. */
  private static Trainer.Listener stopping(int questions) {
    int[] asked = {0};
    return new Trainer.Listener() {
      @Override
      public void epochEnded(TrainingState state, boolean best) {}

      @Override
      public boolean isStopAsked() {
        return ++asked[0] == questions;
      }
    };
  }

  /** Stopped after any number of steps and epochs: the same batches, rates and figures follow. */
  @Test
  void stoppedTrainingContinuesWhereItStopped() {
    Script[] scripts = {new Script(WCC, 2), new Script(CC, 3), new Script(WCC, 1)};
    FakeModel whole = model(scripts);
    Trainer.Outcome expected = train(whole);
    for (int questions = 1; questions < 3 * (BATCHES + 1); questions++) {
      FakeModel model = model(scripts);
      Trainer trainer = trainer(model, 3, Progress.SILENT);
      Trainer.Listener stop = stopping(questions);
      TrainingState state =
          assertThrows(
                  TrainingStoppedException.class,
                  () -> trainer.train(SPLIT, TrainingState.START, stop))
              .state();
      assertEquals(questions / (BATCHES + 1), state.epochs().size());
      assertEquals(questions % (BATCHES + 1), state.steps());
      Trainer.Outcome outcome = trainer.train(SPLIT, state, (s, best) -> {});
      assertEquals(whole.rates, model.rates);
      for (int i = 0; i < whole.trained.size(); i++) {
        assertEquals(Arrays.toString(whole.trained.get(i)), Arrays.toString(model.trained.get(i)));
      }
      for (int epoch = 0; epoch < 3; epoch++) {
        EpochMetrics a = expected.epochs().get(epoch);
        EpochMetrics b = outcome.epochs().get(epoch);
        assertEquals(a.train(), b.train());
        assertEquals(a.validationLoss(), b.validationLoss());
        assertEquals(a.validationMacroF1(), b.validationMacroF1());
      }
      assertEquals(expected.best().epoch(), outcome.best().epoch());
    }
  }

  /** All epochs are done: there is nothing to stop. */
  @Test
  void aStopAfterTheLastEpochIsIgnored() {
    FakeModel model = model(new Script(WCC, 2));
    trainer(model, 1, Progress.SILENT).train(SPLIT, TrainingState.START, stopping(BATCHES + 1));
    assertEquals(BATCHES, model.trained.size());
  }

  @Test
  void theLogHasOneLinePerEpoch() {
    List<String> lines = new ArrayList<>();
    trainer(model(new Script(WCC, 0.25), new Script(CC, 1)), 2, new LineProgress(lines::add))
        .train(SPLIT, TrainingState.START, (state, best) -> {});
    assertEquals(2, lines.size());
    assertTrue(
        lines
            .get(0)
            .startsWith(
                "epoch 1/2  lr 1e-02  loss 1.8000  validation loss 0.2500  macro F1 0.222 (best)"),
        lines.get(0));
    assertTrue(!lines.get(1).contains("best"), lines.get(1));
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRunAndNamesTheOp() {
    FakeModel model = model(new Script(CC, 1));
    model.trainLoss = Double.NaN;
    String message = assertThrows(TrainingException.class, () -> train(model)).getMessage();
    assertEquals(
        "epoch 1/1 step=1 of 3: loss=NaN: the op Fake; lower the learning rate (--learning-rate)",
        message);
    assertEquals(1, model.trained.size(), "no further step");
    assertEquals(List.of(Arrays.toString(model.trained.get(0)) + " true"), model.diagnosed);
  }

  @Test
  void aValidationLossThatIsNotFiniteEndsTheRun() {
    FakeModel model = model(new Script(CC, Double.POSITIVE_INFINITY));
    String message = assertThrows(TrainingException.class, () -> train(model)).getMessage();
    assertEquals(
        "epoch 1/1 validation images: loss=Infinity: the op Fake; lower the learning rate"
            + " (--learning-rate)",
        message);
    assertEquals(List.of("[10, 11, 12, 13] false"), model.diagnosed);
  }

  @Test
  void setsThatAreTooSmallAreRefused() {
    Trainer trainer = trainer(model(new Script(CC, 1)), 1, Progress.SILENT);
    Folds.Split alone = new Folds.Split(range(0, 1), range(1, 2), range(2, 3));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.train(alone, TrainingState.START, (e, b) -> {}))
            .getMessage();
    assertTrue(message.startsWith("training images=1 validation images=1"), message);
  }

  private static FakeModel model(Script... scripts) {
    return new FakeModel(BATCHES, scripts);
  }

  private static Trainer.Outcome train(FakeModel model) {
    return trainer(model, model.epochs(), Progress.SILENT)
        .train(SPLIT, TrainingState.START, (state, best) -> {});
  }

  private static Trainer trainer(FakeModel model, int epochs, Progress progress) {
    StepDecay rate = new StepDecay(0.01, 2, 0.1);
    return new Trainer(model, LABELS, new Trainer.Settings(epochs, BATCH, 5, rate), progress);
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
