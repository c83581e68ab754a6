package org.clusternet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.LossWatch;
import org.clusternet.benchmark.step.StepTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TensorFlow-Java and DL4J train and infer. That they have torchvision's number of parameters is
 * checked when they are set up.
 */
class OtherPeersTest {

  private static PeerPass open(String peer, String pass, StepTask task) {
    return peer.equals("dl4j")
        ? Dl4jPasses.open(pass, task, 1)
        : TensorFlowPasses.open(pass, peer.substring(peer.indexOf(' ') + 1), task, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensorflow fp32", "tensorflow bf16", "dl4j"})
  void lossFallsInTraining(String peer) {
    LossWatch watch = new LossWatch();
    try (PeerPass running = open(peer, StepCases.BRANCH_TRAIN, new StepTask(3, 64))) {
      assertTrue(running.trains());
      for (int step = 0; step < 4; step++) {
        watch.next(running.run());
      }
    }
    watch.requireFall();
    assertEquals(4, watch.steps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensorflow fp32", "tensorflow bf16", "dl4j"})
  void repeatedInferenceGivesTheSameOutput(String peer) {
    try (PeerPass running = open(peer, StepCases.BRANCH_INFER, new StepTask(1, 64))) {
      float first = running.run();
      assertTrue(Float.isFinite(first) && first != 0, "output=" + first);
      assertEquals(first, running.run());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensorflow fp32", "tensorflow bf16", "dl4j"})
  void rejectsUnknownPasses(String peer) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> open(peer, StepCases.NETWORK_TRAIN, new StepTask(2, 64)));
    assertTrue(error.getMessage().contains("one branch only"), error.getMessage());
  }
}
