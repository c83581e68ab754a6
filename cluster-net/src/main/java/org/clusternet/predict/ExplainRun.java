package org.clusternet.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.UsableClusters;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.TrainedModel;

/**
 * Explains predictions: a folder with a figure for each image (SVG, and its panels as PNG), and for
 * images of FITS files the attention map and the mask as FITS and the box as a region, to be laid
 * over the original in DS9. An image that cannot be used is listed in failed.csv. The folder
 * appears whole or not at all, and not without any prediction.
 */
public final class ExplainRun {
  private final TrainedModel model;
  private final TrainingConfig.Compute compute;
  private final boolean forced;
  private final Progress progress;

  /**
   * A job.
   *
   * @param model the trained model
   * @param compute the device
   * @param forced whether pictures of another kind than the training images get an answer
   * @param progress receives the log
   */
  public ExplainRun(
      TrainedModel model, TrainingConfig.Compute compute, boolean forced, Progress progress) {
    this.model = model;
    this.compute = compute;
    this.forced = forced;
    this.progress = progress;
  }

  /**
   * Explains images.
   *
   * @param images images with their maps and scales
   * @param out the folder to write; must not exist or be empty
   * @return an answer per image, in their order
   * @throws DataException if the model or none of the images can be used, or the folder not be
   *     written
   * @throws IllegalArgumentException if the device is not available
   */
  public List<Answer> execute(List<PredictionInput> images, Path out) {
    AtomicFolder.requireFree(out);
    List<Answer> answers = new ArrayList<>();
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device();
        Classifier classifier = model.load(device)) {
      AtomicFolder.write(
          out,
          folder -> {
            ImageNames names = new ImageNames();
            DomainCheck check = new DomainCheck(model, forced);
            answers.addAll(
                AnswerLoop.over(
                    images,
                    Preparation.of(model)::prepare,
                    progress,
                    (answer, image) -> {
                      String name = names.of(answer.input().files().image());
                      Explanation explanation =
                          Explanation.ask(
                              device,
                              classifier,
                              image.input(),
                              arrays -> check.accepts(answer, image, device, arrays));
                      if (answer.error().isEmpty()) {
                        write(answer, image, explanation, folder.resolve(name));
                      }
                    }));
            AnswerLoop.report(answers, progress);
            check.note(progress);
            AnswerTable.writeFailed(folder.resolve(UsableClusters.FAILED), answers);
          });
      ComputeDevice.announce(choice, progress);
    }
    return answers;
  }

  private static void write(
      Answer answer, PreparedImage image, Explanation explanation, Path stem) {
    String file = answer.input().files().image().toString();
    boolean fits = Panels.isUpwards(file);
    ExplanationFigure figure =
        new ExplanationFigure(file, explanation, fits, image.sources(), image.peak());
    AtomicFile.writeText(beside(stem, ".svg"), figure.svg());
    byte[] png = figure.png();
    AtomicFile.write(beside(stem, ".png"), out -> out.write(png));
    if (fits) {
      overlays(explanation, image.grid(), stem);
    }
    image.answered(answer, explanation.prediction());
  }

  private static void overlays(Explanation explanation, InputGrid grid, Path stem) {
    if (explanation.attention() != null) {
      writeMap(beside(stem, "_cam.fits"), explanation.attention(), grid, "attention map, 0 to 1");
    }
    if (explanation.mask() != null) {
      writeMap(beside(stem, "_mask.fits"), explanation.mask(), grid, "1 where the mask is set");
      String region = RegionFile.text(explanation.prediction(), grid);
      AtomicFile.writeText(beside(stem, ".reg"), region);
    }
  }

  private static void writeMap(Path file, Plane map, InputGrid grid, String content) {
    List<Card> cards = new ArrayList<>(grid.cards());
    cards.add(new Card("COMMENT", content, ""));
    FitsFile.write(file, new Image(map.width(), map.height(), map.values()), cards);
  }

  private static Path beside(Path stem, String ending) {
    return stem.resolveSibling(stem.getFileName() + ending);
  }
}
