package org.clusternet.bench.peers;

import java.util.List;
import org.clusternet.benchmark.step.StepTask;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * torchvision's ResNet-18 as a ComputationGraph: bias-free convolutions with explicit padding,
 * batch normalisation with eps 1e-5 and PyTorch's momentum 0.1 (DL4J's decay 0.9), its multi-class
 * cross entropy and its Adam. Channels-last, in which it is about 1.8 times as fast as in its
 * default layout: convolutions are im2col and OpenBLAS's products either way.
 */
final class Dl4jResNet18 {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int BLOCKS = 2;
  private static final double EPSILON = 1e-5;
  private static final double DECAY = 0.9;
  private static final List<String> RUNNING =
      List.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  private final GraphBuilder graph;

  private Dl4jResNet18(GraphBuilder graph) {
    this.graph = graph;
  }

  /** The network with random weights. */
  static ComputationGraph build(StepTask task) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .updater(new Adam(StepTask.LEARNING_RATE))
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder()
            .addInputs("images")
            .setInputTypes(
                InputType.convolutional(
                    task.size(), task.size(), StepTask.CHANNELS, CNN2DFormat.NHWC));
    new Dl4jResNet18(graph).layers();
    ComputationGraph net = new ComputationGraph(graph.setOutputs("loss").build());
    net.init();
    StepTask.requireResNet18(parameters(net));
    return net;
  }

  /** Number of trainable parameters; DL4J counts running statistics too. */
  private static long parameters(ComputationGraph net) {
    return net.paramTable().entrySet().stream()
        .filter(entry -> RUNNING.stream().noneMatch(name -> entry.getKey().endsWith("_" + name)))
        .mapToLong(entry -> entry.getValue().length())
        .sum();
  }

  private void layers() {
    convolution("stem", "images", WIDTHS[0], 7, 2);
    relu("stem-relu", "stem");
    graph.addLayer(
        "pool",
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .dataFormat(CNN2DFormat.NHWC)
            .build(),
        "stem-relu");
    String x = "pool";
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        x = residual("block%d%d".formatted(stage, block), x, WIDTHS[stage], stage, block);
      }
    }
    graph.addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), x);
    graph.addLayer(
        "loss",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(StepTask.CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        "mean");
  }

  private String residual(String name, String x, int width, int stage, int block) {
    boolean changes = stage > 0 && block == 0;
    int stride = changes ? 2 : 1;
    convolution(name + "-first", x, width, 3, stride);
    relu(name + "-first-relu", name + "-first");
    convolution(name + "-second", name + "-first-relu", width, 3, 1);
    String shortcut = x;
    if (changes) {
      shortcut = name + "-shortcut";
      convolution(shortcut, x, width, 1, stride);
    }
    graph.addVertex(
        name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), name + "-second", shortcut);
    relu(name, name + "-sum");
    return name;
  }

  /** Adds a convolution and the normalisation after it, which gets the name. */
  private void convolution(String name, String x, int out, int kernel, int stride) {
    graph.addLayer(
        name + "-convolution",
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .nOut(out)
            .hasBias(false)
            .dataFormat(CNN2DFormat.NHWC)
            .build(),
        x);
    graph.addLayer(
        name,
        new BatchNormalization.Builder()
            .eps(EPSILON)
            .decay(DECAY)
            .dataFormat(CNN2DFormat.NHWC)
            .build(),
        name + "-convolution");
  }

  private void relu(String name, String x) {
    graph.addLayer(name, new ActivationLayer.Builder().activation(Activation.RELU).build(), x);
  }
}
