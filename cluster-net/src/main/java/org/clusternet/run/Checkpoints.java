package org.clusternet.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.clusternet.progress.Progress;
import org.clusternet.training.TrainingState;

/**
 * The checkpoints of a run: a folder with the last two, {@code epoch-3.safetensors} at the end of
 * an epoch and {@code epoch-3-step-7.safetensors} within the one after it.
 *
 * <p>A new one appears by a rename once it is complete and on the disk, and only then the third
 * last is deleted: whenever the process ends, the last two finished ones exist.
 */
final class Checkpoints {
  private static final int KEPT = 2;
  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{1,9})(?:-step-(\\d{1,9}))?\\.safetensors");

  private final Path folder;

  private record Place(Path file, int epochs, int steps) {}

  /** The checkpoints in a folder, which is created with the first of them. */
  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** The file for a new checkpoint; creates the folder. */
  Path place(TrainingState state) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be created: " + e, e);
    }
    String step = state.steps() == 0 ? "" : "-step-" + state.steps();
    return folder.resolve("epoch-" + state.epochs().size() + step + ".safetensors");
  }

  /** Deletes all but the last two. */
  void deleteOld() {
    List<Place> places = newestFirst();
    places.subList(Math.min(KEPT, places.size()), places.size()).forEach(p -> delete(p.file()));
  }

  /** Deletes all checkpoints, and the folder if nothing else is in it. */
  void deleteAll() {
    newestFirst().forEach(p -> delete(p.file()));
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // The user keeps other files there.
      return;
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be deleted: " + e, e);
    }
  }

  /**
   * Opens the last complete checkpoint; later ones that are damaged are reported and deleted.
   *
   * @return empty if there is no checkpoint
   * @throws DataException if there are checkpoints and all are damaged
   */
  Optional<TrainingCheckpoint> latest(Progress progress) {
    Map<Path, String> damaged = new LinkedHashMap<>();
    for (Place place : newestFirst()) {
      try {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.open(place.file());
        damaged.forEach(
            (file, reason) -> {
              progress.line(reason + "; going back to " + place.file().getFileName());
              delete(file);
            });
        return Optional.of(checkpoint);
      } catch (TrainingCheckpoint.DamagedException e) {
        damaged.put(place.file(), "damaged checkpoint: " + e.getMessage());
      }
    }
    if (!damaged.isEmpty()) {
      throw new DataException(
          String.join("; ", damaged.values())
              + "; no other is left: delete this run and start again");
    }
    return Optional.empty();
  }

  private List<Place> newestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> place(file).stream())
          .sorted(Comparator.comparingInt(Place::epochs).thenComparingInt(Place::steps).reversed())
          .toList();
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e, e);
    }
  }

  private static Optional<Place> place(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    int steps = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    return Optional.of(new Place(file, Integer.parseInt(name.group(1)), steps));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be deleted: " + e, e);
    }
  }
}
