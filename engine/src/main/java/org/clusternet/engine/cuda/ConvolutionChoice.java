package org.clusternet.engine.cuda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Dnn.Operands;
import org.clusternet.engine.cuda.api.Dnn.Workspace;
import org.clusternet.engine.cuda.api.Stream;

/**
 * Which algorithm computes a convolution: found when it first occurs, and kept.
 *
 * <p>The fastest by measurement, on the operands of that first call; or, where the same bits are
 * asked for every time, the first deterministic one by the library's expectation, since a
 * measurement could end differently in the next run.
 */
final class ConvolutionChoice {
  private final Dnn dnn;
  private final SharedWorkspace workspace;
  private final CudaSettings settings;
  private final Stream stream;
  private final Map<ConvolutionProblem, Algorithm> chosen = new HashMap<>();

  ConvolutionChoice(Dnn dnn, SharedWorkspace workspace, CudaSettings settings, Stream stream) {
    this.dnn = dnn;
    this.workspace = workspace;
    this.settings = settings;
    this.stream = stream;
  }

  /** Starts the convolution. */
  void run(ConvolutionProblem convolution, Operands operands) {
    Algorithm algorithm = chosen.get(convolution);
    if (algorithm == null) {
      algorithm = choose(convolution, operands);
      chosen.put(convolution, algorithm);
    }
    Workspace memory = workspace.atLeast(algorithm.workspaceBytes());
    dnn.run(convolution, algorithm, operands, memory, stream);
  }

  private Algorithm choose(ConvolutionProblem convolution, Operands operands) {
    List<Algorithm> candidates =
        dnn.expected(convolution).stream()
            .filter(a -> a.workspaceBytes() <= settings.workspaceBytes())
            .filter(a -> a.deterministic() || !settings.deterministic())
            .toList();
    Optional<Algorithm> best = Optional.empty();
    if (!settings.deterministic() && candidates.size() > 1) {
      best = fastest(convolution, operands, candidates);
    }
    return best.or(() -> candidates.stream().findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s has no%s algorithm for %s within a workspace of %,d bytes; allow more workspace%s"
                        .formatted(
                            dnn.describe(),
                            settings.deterministic() ? " deterministic" : "",
                            convolution,
                            settings.workspaceBytes(),
                            settings.deterministic() ? " or algorithms that are not" : "")));
  }

  private Optional<Algorithm> fastest(
      ConvolutionProblem convolution, Operands operands, List<Algorithm> candidates) {
    long bytes = candidates.stream().mapToLong(Algorithm::workspaceBytes).max().orElse(0);
    try {
      return workspace.lend(bytes, memory -> fastest(convolution, operands, memory));
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
      return fastest(convolution, operands, Workspace.NONE);
    }
  }

  private Optional<Algorithm> fastest(
      ConvolutionProblem convolution, Operands operands, Workspace memory) {
    return dnn.measured(convolution, operands, memory, stream).stream()
        .filter(a -> a.workspaceBytes() <= settings.workspaceBytes())
        .findFirst();
  }
}
