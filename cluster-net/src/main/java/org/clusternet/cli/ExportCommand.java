package org.clusternet.cli;

import java.nio.file.Path;
import org.clusternet.predict.BranchExport;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: one branch of a trained model, for PyTorch. */
@Command(
    name = "export",
    header = "Export one branch of a trained model as a torchvision ResNet-18.",
    description = {
      "",
      "Writes a safetensors file with torchvision's parameter names and layouts. In Python:",
      "  net = torchvision.models.resnet18(num_classes=3)",
      "  net.load_state_dict(safetensors.torch.load_file(\"resnet18.safetensors\"))",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cluster-net export --model runs/accept-paper --branch primary --out resnet18.safetensors"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand extends Job {
  @Mixin private ModelOptions model;

  @Option(
      names = "--branch",
      required = true,
      paramLabel = "BRANCH",
      description = "primary (whole image) or auxiliary (cropped region)")
  private String branch;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "the .safetensors file to write; must not exist")
  private Path out;

  ExportCommand() {}

  @Override
  public Integer call() {
    checked(() -> BranchExport.requireFileName(out));
    TrainedModel trained = model.find(progress());
    int tensors = new BranchExport(trained, Version.current()).write(branch, out);
    out().println("wrote " + out + ": " + tensors + " tensors of the " + branch + " branch");
    out().flush();
    return 0;
  }
}
