package org.clusternet.kernels.build;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program of the CUDA toolkit. */
record Tool(Path program) {

  /** What a run gave. */
  record Outcome(int status, String output) {}

  /** Looks on the PATH, in CUDA_HOME and in /usr/local/cuda. */
  static Optional<Tool> find(String name) {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      folders.add(Path.of(folder));
    }
    String home = System.getenv("CUDA_HOME");
    if (home != null) {
      folders.add(Path.of(home, "bin"));
    }
    folders.add(Path.of("/usr/local/cuda/bin"));
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Tool::new);
  }

  /** Runs the program and waits; standard output and error come back as one text. */
  Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
