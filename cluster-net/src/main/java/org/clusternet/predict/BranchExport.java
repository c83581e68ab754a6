package org.clusternet.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clusternet.data.DataException;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.clusternet.nn.safetensors.StoredTensor;
import org.clusternet.nn.safetensors.StoredType;
import org.clusternet.run.TrainedModel;

/**
 * One branch of a trained model as a file that torchvision's {@code resnet18(num_classes=3)} loads
 * with {@code load_state_dict} as it is: its keys, its layouts, and {@code num_batches_tracked},
 * which is of use only without a momentum and counts nothing here: 0.
 */
public final class BranchExport {
  private static final String ENDING = ".safetensors";
  private static final String VARIANCE = "running_var";
  private static final String COUNTER = "num_batches_tracked";

  private final TrainedModel model;
  private final String version;

  /**
   * An export.
   *
   * @param model the trained model
   * @param version version of the program, for the file
   */
  public BranchExport(TrainedModel model, String version) {
    this.model = model;
    this.version = version;
  }

  /**
   * Checks the name of a file to write.
   *
   * @return the file
   * @throws IllegalArgumentException if it does not end as its format does
   */
  public static Path requireFileName(Path out) {
    if (!out.toString().endsWith(ENDING)) {
      throw new IllegalArgumentException(
          "--out " + out + ": safetensors is the only format that is written; name it *" + ENDING);
    }
    return out;
  }

  /**
   * Writes a branch.
   *
   * @param branch primary or auxiliary
   * @param out the file; must not exist
   * @return the number of tensors
   * @throws DataException if the model has no such branch, or the file exists or cannot be written
   */
  public int write(String branch, Path out) {
    if (Files.exists(out)) {
      throw new DataException(out + ": exists; delete it or choose another name");
    }
    try (SafetensorsFile file = SafetensorsFile.open(model.file())) {
      List<StoredTensor> tensors = branch(file, branch);
      Map<String, String> metadata =
          Map.of("format", "pt", "cluster_net", version, "branch", branch);
      SafetensorsWriter.write(out, metadata, tensors);
      return tensors.size();
    } catch (IOException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new DataException(
          message.startsWith(out.toString()) || message.startsWith(model.file().toString())
              ? message
              : out + ": cannot be written: " + e,
          e);
    }
  }

  private List<StoredTensor> branch(SafetensorsFile file, String branch) {
    String prefix = branch + ".";
    List<StoredTensor> tensors = new ArrayList<>();
    Set<String> branches = new LinkedHashSet<>();
    for (StoredTensor t : file.tensors()) {
      if (t.key().endsWith("." + VARIANCE)) {
        branches.add(t.key().substring(0, t.key().indexOf('.')));
      }
      if (t.key().startsWith(prefix)) {
        String key = t.key().substring(prefix.length());
        tensors.add(new StoredTensor(key, t.type(), t.shape(), t.data()));
        if (key.endsWith(VARIANCE)) {
          String counter = key.substring(0, key.length() - VARIANCE.length()) + COUNTER;
          tensors.add(StoredTensor.of(counter, StoredType.I64, List.of(), 0));
        }
      }
    }
    if (!branches.contains(branch)) {
      throw new DataException(
          "%s: branch=%s; it has %s"
              .formatted(file.path(), branch, String.join(" and ", branches)));
    }
    return tensors;
  }
}
