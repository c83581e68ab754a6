package org.clusternet.engine.cuda.jcuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcuda.jcudnn.cudnnBackendAttributeName;
import jcuda.jcudnn.cudnnBackendAttributeType;
import jcuda.jcudnn.cudnnBackendDescriptorType;
import jcuda.jcudnn.cudnnBackendNumericalNote;
import org.clusternet.engine.cuda.api.Algorithm;
import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.tensor.DType;

/**
 * Convolutions by the engines that cuDNN's heuristics name first. They are more than the algorithms
 * of its older functions, those written for the newest GPUs among them; that they are faster is not
 * said, so that both are measured.
 */
final class ConvolutionPlans implements AutoCloseable {
  /** Numbers of plans begin here, above those of algorithms. */
  private static final int FIRST = 1000;

  /** {@code CUDNN_HEUR_MODE_A}, which JCuda has no name for. */
  private static final int MODE = 3;

  private static final int NOTES = 32;

  private final BackendDescriptor.Library library;
  private final int most;
  private final Map<ConvolutionProblem, List<ConvolutionPlan>> plans = new HashMap<>();

  /**
   * No plans yet.
   *
   * @param library cuDNN
   * @param most plans for a convolution; none are made if it is 0
   */
  ConvolutionPlans(BackendDescriptor.Library library, int most) {
    this.library = library;
    this.most = most;
  }

  /** The plans of a convolution, unmeasured, the one expected to be fastest first. */
  List<Algorithm> of(ConvolutionProblem convolution) {
    return plans.computeIfAbsent(convolution, this::make).stream()
        .map(ConvolutionPlan::algorithm)
        .toList();
  }

  /** The plan that an algorithm is; empty if it is one of the older functions'. */
  Optional<ConvolutionPlan> plan(ConvolutionProblem convolution, Algorithm algorithm) {
    return algorithm.id() < FIRST
        ? Optional.empty()
        : Optional.of(plans.computeIfAbsent(convolution, this::make).get(algorithm.id() - FIRST));
  }

  /** None where cuDNN has no engine for a convolution, or does not take it at all. */
  private List<ConvolutionPlan> make(ConvolutionProblem convolution) {
    List<ConvolutionPlan> made = new ArrayList<>();
    List<BackendDescriptor> unused = new ArrayList<>();
    if (most == 0) {
      return made;
    }
    try (ConvolutionGraph graph = new ConvolutionGraph(convolution, library)) {
      long found = addConfigurations(graph, unused);
      for (BackendDescriptor configuration : unused.stream().limit(found).toList()) {
        if (made.size() < most) {
          Optional<ConvolutionPlan> plan = plan(convolution, configuration, FIRST + made.size());
          plan.ifPresent(made::add);
          plan.ifPresent(p -> unused.remove(configuration));
        }
      }
      return made;
    } catch (CudaException e) {
      return made;
    } finally {
      unused.forEach(BackendDescriptor::close);
    }
  }

  /**
   * The engines that may do it with settings of theirs, best first, and behind them what was made
   * for those that turned out not to be supported.
   *
   * @return how many may do it
   */
  private static long addConfigurations(ConvolutionGraph graph, List<BackendDescriptor> results) {
    try (BackendDescriptor heuristics =
        new BackendDescriptor(cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR)) {
      heuristics
          .descriptors(
              cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph.descriptor())
          .constant(
              cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_MODE,
              cudnnBackendAttributeType.CUDNN_TYPE_HEUR_MODE,
              MODE)
          .finish();
      long count = heuristics.count(cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_RESULTS);
      for (int i = 0; i < count; i++) {
        results.add(
            new BackendDescriptor(cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR));
      }
      return heuristics.fill(cudnnBackendAttributeName.CUDNN_ATTR_ENGINEHEUR_RESULTS, results);
    }
  }

  private Optional<ConvolutionPlan> plan(
      ConvolutionProblem convolution, BackendDescriptor configuration, int id) {
    try (BackendDescriptor engine =
        new BackendDescriptor(cudnnBackendDescriptorType.CUDNN_BACKEND_ENGINE_DESCRIPTOR)) {
      configuration.fill(cudnnBackendAttributeName.CUDNN_ATTR_ENGINECFG_ENGINE, List.of(engine));
      List<Integer> notes =
          engine.constants(
              cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_NUMERICAL_NOTE,
              cudnnBackendAttributeType.CUDNN_TYPE_NUMERICAL_NOTE,
              NOTES);
      if (!keepsArithmetic(convolution, notes)) {
        return Optional.empty();
      }
      BackendDescriptor plan =
          new BackendDescriptor(cudnnBackendDescriptorType.CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR)
              .descriptors(
                  cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration)
              .library(cudnnBackendAttributeName.CUDNN_ATTR_EXECUTION_PLAN_HANDLE, library);
      if (!plan.finishes()) {
        plan.close();
        return Optional.empty();
      }
      long number = engine.number(cudnnBackendAttributeName.CUDNN_ATTR_ENGINE_GLOBAL_INDEX);
      boolean deterministic =
          !notes.contains(cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC);
      return Optional.of(
          new ConvolutionPlan(
              plan,
              configuration,
              new Algorithm(
                  id,
                  "engine " + number,
                  ConvolutionPlan.workspace(plan),
                  Double.NaN,
                  deterministic)));
    }
  }

  /** Sums are F32, and factors of F32 are rounded only where TF32 was asked for. */
  private static boolean keepsArithmetic(ConvolutionProblem convolution, List<Integer> notes) {
    if (notes.contains(
        cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION)) {
      return false;
    }
    if (convolution.dtype() != DType.F32) {
      return true;
    }
    boolean tensorCores =
        notes.contains(cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_TENSOR_CORE);
    return !notes.contains(cudnnBackendNumericalNote.CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS)
        && (convolution.math() == MathMode.TF32 || !tensorCores);
  }

  @Override
  public void close() {
    plans.values().forEach(of -> of.forEach(ConvolutionPlan::close));
    plans.clear();
  }
}
