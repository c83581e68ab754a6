package org.clusternet.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, where the machine has one: {@code CHROME_BIN}, or one on the path. */
record Browser(Path program) {
  private static final long SECONDS = 60;
  private static final Pattern URL = Pattern.compile("\"url\":\"((?:https?|wss?|ftp)://[^\"?]*)");

  /**
   * What came of a page.
   *
   * @param dom the page as the browser has understood it
   * @param console lines that it wrote to its console, errors of its policy too
   * @param requested addresses that were asked for, those of the browser itself too
   */
  record Visit(String dom, List<String> console, Set<String> requested) {}

  static Optional<Browser> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    Stream<Path> named =
        Stream.of("chromium", "chromium-browser", "google-chrome", "chrome", "headless_shell")
            .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(d -> Path.of(d, name)));
    return Stream.concat(Stream.ofNullable(System.getenv("CHROME_BIN")).map(Path::of), named)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /** Opens a page; everything that the browser leaves goes to the folder. */
  Visit open(Path page, Path folder, String... more) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("net.json");
    Path dom = folder.resolve("dom.html");
    Path errors = folder.resolve("stderr.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--log-net-log=" + log,
                "--dump-dom"));
    command.addAll(List.of(more));
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " took more than seconds=" + SECONDS);
    }
    Set<String> requested = new TreeSet<>();
    Matcher urls = URL.matcher(read(log));
    while (urls.find()) {
      requested.add(urls.group(1));
    }
    List<String> console = read(errors).lines().filter(line -> line.contains("CONSOLE")).toList();
    return new Visit(read(dom), console, requested);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
