package org.clusternet.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFolder;

/**
 * The folder of a training run.
 *
 * <pre>
 * config.yaml         every setting, resolved
 * splits.csv          the fold of every cluster
 * metrics.csv         a row an epoch
 * model.safetensors   the weights of the best epoch so far, and the settings
 * metrics.json        the scores of the test fold, at the end
 * predictions.csv     a row an image, at the end
 * data/               the simulated dataset, where the run was not given one
 * tensorboard/        event files, on request
 * checkpoints/        from which the run goes on, until it is finished
 * </pre>
 *
 * <p>Every file appears by a rename, so that a run that is interrupted leaves what it has finished
 * and nothing else: a folder without {@code metrics.json} is of a run that did not reach its end,
 * whose model can be used all the same.
 */
public final class RunFolder implements AutoCloseable {
  /** The name of the file with the settings. */
  public static final String CONFIG = "config.yaml";

  /** Where runs go that are not told where. */
  public static final Path DEFAULT_PARENT = Path.of("runs");

  private static final String CHECKPOINTS = "checkpoints";
  private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.\\d+(-\\d+)?\\.tmp");
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  private final Path folder;
  private final FolderLock lock;

  private RunFolder(Path folder) {
    this.folder = folder;
    this.lock = FolderLock.of(folder);
    deleteLeftovers();
  }

  /**
   * Makes a folder for a run.
   *
   * @param folder must not exist or be empty; its parents are made
   * @throws DataException if it holds something or cannot be made
   */
  public static RunFolder create(Path folder) {
    if (!holdsLeftoversOnly(folder)) {
      AtomicFolder.requireFree(folder);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be made: " + e, e);
    }
    return new RunFolder(folder);
  }

  /**
   * Opens the folder of a run that was begun before, or makes one.
   *
   * @param folder of a run, or not there, or empty
   * @throws DataException if it holds something else than a run, is in use, or cannot be made
   */
  public static RunFolder open(Path folder) {
    return Files.exists(folder.resolve(CONFIG)) ? new RunFolder(folder) : create(folder);
  }

  /**
   * Opens the folder of a run that was begun before.
   *
   * @throws DataException if there is none, or it is in use
   */
  public static RunFolder openBegun(Path folder) {
    if (!Files.exists(folder.resolve(CONFIG))) {
      throw new DataException(
          folder + ": is no run folder: it has no " + CONFIG + "; name one that train has made");
    }
    return new RunFolder(folder);
  }

  /**
   * Makes a folder named after the time and a word; a number is added where there is one already.
   *
   * @param parent where, made if need be
   * @param time of the start
   * @param word usually the variant
   * @throws DataException if it cannot be made
   */
  public static RunFolder create(Path parent, LocalDateTime time, String word) {
    String name = NAME.format(time) + "_" + word;
    Path folder = parent.resolve(name);
    try {
      Files.createDirectories(parent);
      for (int n = 2; !makes(folder); n++) {
        folder = parent.resolve(name + "_" + n);
      }
      return new RunFolder(folder);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be made: " + e, e);
    }
  }

  /** False if somebody else was first. */
  private static boolean makes(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Whether a run was begun here: its settings are there. */
  public boolean isBegun() {
    return Files.exists(config());
  }

  /** Whether a run has reached its end here: its scores are there. */
  public boolean isFinished() {
    return Files.exists(scores());
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** Where the settings are. */
  public Path config() {
    return folder.resolve(CONFIG);
  }

  /**
   * The settings of the run that was begun here.
   *
   * @throws DataException if they cannot be read or are wrong
   */
  public TrainingConfig settings() {
    return ConfigFile.read(config());
  }

  /** Where the fold of every cluster is. */
  public Path splits() {
    return folder.resolve("splits.csv");
  }

  /** Where the figures of the epochs are. */
  public Path epochs() {
    return folder.resolve("metrics.csv");
  }

  /** Where the scores of the test fold are. */
  public Path scores() {
    return folder.resolve("metrics.json");
  }

  /** Where the predictions are. */
  public Path predictions() {
    return folder.resolve("predictions.csv");
  }

  /** Where the weights are. */
  public Path model() {
    return folder.resolve(TrainedModel.FILE_NAME);
  }

  /** Where a simulated dataset goes. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Where event files go. */
  public Path tensorboard() {
    return folder.resolve("tensorboard");
  }

  /** The checkpoints. */
  Checkpoints checkpoints() {
    return new Checkpoints(folder.resolve(CHECKPOINTS));
  }

  /** Writes the settings, with which the folder is that of a run; nothing if they are there. */
  void begin(TrainingConfig config) {
    if (!isBegun()) {
      ConfigFile.write(config(), config);
    }
  }

  /** The process is ending: nothing that is half written stays, nor the lock. */
  void abandon() {
    deleteTemporaryFiles();
    lock.close();
  }

  /** Deletes the files that this process has begun to write; nobody else writes here. */
  private void deleteTemporaryFiles() {
    try {
      for (Path place : List.of(folder, folder.resolve(CHECKPOINTS))) {
        for (Path file : leftovers(place)) {
          if (Files.isRegularFile(file)) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      // The folder is gone, or its owner has other plans for it; there is nobody left to tell.
      return;
    }
  }

  /** Deletes what a process that was killed had begun to write, a half simulated dataset too. */
  private void deleteLeftovers() {
    deleteTemporaryFiles();
    try {
      for (Path tree : leftovers(folder)) {
        AtomicFolder.deleteTree(tree);
      }
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e, e);
    }
  }

  private static List<Path> leftovers(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> TEMPORARY.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  /** Whether a folder is there that a run has left before it wrote anything. */
  private static boolean holdsLeftoversOnly(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .allMatch(name -> name.equals(FolderLock.NAME) || TEMPORARY.matcher(name).matches());
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e, e);
    }
  }

  /** Lets others use the folder. Removes it if nothing was written. */
  @Override
  public void close() {
    lock.close();
    try {
      Files.delete(folder);
    } catch (IOException e) {
      // It holds files, as it should.
      return;
    }
  }
}
