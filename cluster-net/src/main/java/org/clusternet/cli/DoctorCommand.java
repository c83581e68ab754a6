package org.clusternet.cli;

import java.io.PrintWriter;
import org.clusternet.engine.cuda.doctor.Doctor;
import org.clusternet.engine.cuda.doctor.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: what works of CUDA on this machine. */
@Command(
    name = "doctor",
    header = "Check the CUDA installation of this machine and suggest remedies.",
    description = {
      "",
      "One line each for the driver, the GPU and its memory, cuBLAS, cuDNN, the native",
      "bindings, the kernels, and, if there is a GPU, whether the kernels agree with the CPU.",
      ""
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cluster-net doctor"})
final class DoctorCommand implements Runnable {
  @Spec private CommandSpec spec;

  DoctorCommand() {}

  @Override
  public void run() {
    Report report = Doctor.examine();
    PrintWriter out = spec.commandLine().getOut();
    report.findings().forEach(out::println);
    out.println(
        report.summary()
            + (report.firstBroken().isPresent() ? "; --device cpu works" : ": --device cuda"));
    out.flush();
  }
}
