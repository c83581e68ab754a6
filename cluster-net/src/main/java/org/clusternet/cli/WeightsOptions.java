package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import org.clusternet.config.InitialWeights;
import picocli.CommandLine.Option;

/** What the branches start from. */
final class WeightsOptions {
  @Option(
      names = "--weights",
      paramLabel = "WHAT",
      description = {
        "what both branches start from; the heads start fresh (quick: none, paper: imagenet):",
        "imagenet, torchvision's ResNet-18, downloaded once; none, random numbers;",
        "or a file: .pth or .pt of PyTorch, .safetensors, a folder of .npy"
      })
  private String source;

  @Option(
      names = "--weights-partial",
      description = "take from the file what fits and list what stays fresh")
  private boolean partial;

  WeightsOptions() {}

  InitialWeights over(InitialWeights preset) {
    return new InitialWeights(or(source, preset.source()), partial || preset.partial());
  }
}
