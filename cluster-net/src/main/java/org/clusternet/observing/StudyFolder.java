package org.clusternet.observing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.text.Json;

/**
 * The folder of a study, from which an interrupted one goes on: the sample and the hashes of the
 * models ({@code study.json}), the noise-free images ({@code clusters/}), and a table of
 * predictions for each model and condition that is finished. More conditions and models may be
 * added to it; another sample, or another model under the same name, is refused.
 */
final class StudyFolder {
  private static final String RECORD = "study.json";

  private final Path folder;

  /** What the tables of the folder were made of. */
  private record Contents(StudySample sample, SortedMap<String, String> models) {}

  private StudyFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens or begins a folder.
   *
   * @param folder the folder, made where it is missing
   * @param sample the sample asked for
   * @param models files of the models by name
   * @throws DataException if it holds another sample or another model of a name, or is not a
   *     study's
   */
  static StudyFolder open(Path folder, StudySample sample, Map<String, Path> models) {
    Path record = folder.resolve(RECORD);
    SortedMap<String, String> hashes = new TreeMap<>();
    if (Files.exists(record)) {
      Contents before = read(record);
      if (!before.sample().equals(sample)) {
        throw new DataException(
            "%s: is of %s, asked for is %s; choose another folder or these settings"
                .formatted(record, before.sample(), sample));
      }
      hashes.putAll(before.models());
    }
    models.forEach(
        (name, file) -> {
          String hash = hash(file);
          if (!hash.equals(hashes.getOrDefault(name, hash))) {
            throw new DataException(
                "%s: model=%s was another one than %s; choose another folder or rename the run"
                    .formatted(record, name, file));
          }
          hashes.put(name, hash);
        });
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be created: " + e, e);
    }
    AtomicFile.writeText(record, Json.write(new Contents(sample, hashes)));
    return new StudyFolder(folder);
  }

  private static Contents read(Path record) {
    try {
      return Json.read(Files.readString(record), Contents.class, record.toString());
    } catch (IOException e) {
      throw new DataException(record + ": cannot be read: " + e, e);
    }
  }

  private static String hash(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The noise-free images, simulated where they are missing. */
  Catalog clusters(StudySample sample, int threads, Progress progress) {
    Path images = folder.resolve("clusters");
    if (!Files.exists(images)) {
      try (Counter counter = new Counter(progress, "simulation")) {
        sample.simulate(images, threads, counter::update);
      }
    }
    return Catalog.read(images);
  }

  /** The table of predictions of a model under a condition. */
  Path predictions(String model, ObservingCondition condition) {
    Path file = folder.resolve("predictions").resolve(model).resolve(condition.name() + ".csv");
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw new DataException(file + ": cannot be created: " + e, e);
    }
    return file;
  }

  /** A file of the results. */
  Path file(String name) {
    return folder.resolve(name);
  }
}
