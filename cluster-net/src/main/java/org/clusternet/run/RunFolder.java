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
 * config.yaml         all settings, resolved
 * splits.csv          the fold of every cluster
 * metrics.csv         one row per epoch
 * model.safetensors   the weights of the best epoch so far, and the settings
 * metrics.json        the scores of the test fold, at the end
 * predictions.csv     one row per image, at the end
 * data/               the simulated dataset, where the run was not given one
 * tensorboard/        event files, on request
 * checkpoints/        from which the run continues, until it is finished
 * </pre>
 *
 * <p>Every file appears by a rename, so that an interrupted run leaves finished files only. A
 * folder without {@code metrics.json} belongs to a run that did not reach its end; its model can be
 * used all the same.
 */
public final class RunFolder implements AutoCloseable {
  /** Name of the file with the settings. */
  public static final String CONFIG = "config.yaml";

  /** Default parent folder of runs. */
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
   * Creates a folder for a run.
   *
   * @param folder a folder that does not exist or is empty; its parents are created
   * @throws DataException if it is not empty or cannot be created
   */
  public static RunFolder create(Path folder) {
    if (!holdsLeftoversOnly(folder)) {
      AtomicFolder.requireFree(folder);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be created: " + e, e);
    }
    return new RunFolder(folder);
  }

  /**
   * Opens the folder of a run that was begun before, or creates one.
   *
   * @param folder the folder of a run, or one that does not exist or is empty
   * @throws DataException if it holds anything but a run, is in use, or cannot be created
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
          folder + ": is not a run folder: it has no " + CONFIG + "; name one that train has made");
    }
    return new RunFolder(folder);
  }

  /**
   * Creates a folder named after the time and a word, and a number where the name is taken.
   *
   * @param parent the parent folder, created if needed
   * @param time start of the run
   * @param word usually the variant
   * @throws DataException if it cannot be created
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
      throw new DataException(folder + ": cannot be created: " + e, e);
    }
  }

  /** Creates a folder; returns false if it exists already. */
  private static boolean makes(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Whether a run was begun here: its settings exist. */
  public boolean isBegun() {
    return Files.exists(config());
  }

  /** Whether a run was finished here: its scores exist. */
  public boolean isFinished() {
    return Files.exists(scores());
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** File of the settings. */
  public Path config() {
    return folder.resolve(CONFIG);
  }

  /**
   * The settings of the run that was begun here.
   *
   * @throws DataException if they cannot be read or are invalid
   */
  public TrainingConfig settings() {
    return ConfigFile.read(config());
  }

  /** File of the fold of every cluster. */
  public Path splits() {
    return folder.resolve("splits.csv");
  }

  /** File of the figures of the epochs. */
  public Path epochs() {
    return folder.resolve("metrics.csv");
  }

  /** File of the scores of the test fold. */
  public Path scores() {
    return folder.resolve("metrics.json");
  }

  /** File of the predictions. */
  public Path predictions() {
    return folder.resolve("predictions.csv");
  }

  /** File of the weights. */
  public Path model() {
    return folder.resolve(TrainedModel.FILE_NAME);
  }

  /** Folder of a simulated dataset. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Folder of the event files. */
  public Path tensorboard() {
    return folder.resolve("tensorboard");
  }

  /** The checkpoints. */
  Checkpoints checkpoints() {
    return new Checkpoints(folder.resolve(CHECKPOINTS));
  }

  /** Writes the settings unless they exist; from then on the folder is that of a run. */
  void begin(TrainingConfig config) {
    if (!isBegun()) {
      ConfigFile.write(config(), config);
    }
  }

  /** Deletes unfinished files and releases the lock when the process ends. */
  void abandon() {
    deleteTemporaryFiles();
    lock.close();
  }

  /** Deletes unfinished files, which are this process's: no other writes here. */
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
      // The folder was deleted or moved, and the process is ending.
      return;
    }
  }

  /** Deletes the unfinished files and datasets of a process that was killed. */
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

  /** Whether a folder holds only what a run leaves that ended before it wrote any file. */
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

  /** Releases the lock, and removes the folder if nothing was written. */
  @Override
  public void close() {
    lock.close();
    try {
      Files.delete(folder);
    } catch (IOException e) {
      // It holds files, as expected.
      return;
    }
  }
}
