package org.clusternet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * A checkout with the real launcher, in a folder with spaces, whose JDKs and whose Maven are short
 * scripts: the "JVM" prints its arguments or rehearses, "Maven" counts its runs and leaves what a
 * build leaves.
 */
final class FakeCheckout {

  /** What a rehearsal does that leaves an archive of classes. */
  static final String ARCHIVE =
      "for a in \"$@\"; do case $a in -XX:AOTCacheOutput=*) echo a >\"${a#*=}\" ;; esac; done";

  private static final List<String> MODULES =
      List.of("kernels", "engine", "nn", "data", "cluster-net");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "sed",
          "find",
          "head",
          "tail",
          "grep",
          "ls",
          "rm",
          "mv",
          "cp",
          "cat",
          "tr",
          "touch",
          "mktemp",
          "mkdir",
          "mkfifo",
          "rmdir",
          "dirname",
          "readlink",
          "sleep",
          "flock");

  private final Path top;

  FakeCheckout(Path folder) throws IOException {
    top = Files.createDirectories(folder.resolve("a check out"));
    Files.createDirectories(launcher().getParent());
    for (String script : List.of("bin/cluster-net", "bin/jvm.sh")) {
      Files.copy(
          Checkout.root().resolve(script), top.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.writeString(top.resolve("pom.xml"), "<project/>");
    Files.createDirectories(top.resolve(".mvn"));
    for (String module : MODULES) {
      Files.createDirectories(top.resolve(module).resolve("src/main/java"));
      Files.writeString(top.resolve(module).resolve("pom.xml"), "<project/>");
    }
    Files.createDirectories(bin());
    for (String tool : TOOLS) {
      link(tool);
    }
  }

  Path launcher() {
    return top.resolve("bin/cluster-net");
  }

  /** The folder that stands for the whole PATH. */
  Path bin() {
    return top.resolve("tool bin");
  }

  /** A source file of a module. */
  Path source() {
    return top.resolve("engine/src/main/java/A.java");
  }

  /** How many times Maven ran. */
  long builds() throws IOException {
    Path count = top.resolve("builds");
    return Files.exists(count) ? Files.readAllLines(count).size() : 0;
  }

  /** A JDK that says which it is, then its arguments, one a line. */
  Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(top.resolve("jdks/jdk-" + version));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "exit 0");
    java(home, "echo \"$*\" >>rehearsals", ARCHIVE);
    return home;
  }

  /**
   * Gives a JDK another JVM.
   *
   * @param home of the JDK
   * @param rehearsal what it does, in the checkout's top folder, when it is to make an archive
   */
  void java(Path home, String... rehearsal) throws IOException {
    String version = home.getFileName().toString().replace('-', ' ');
    script(
        home.resolve("bin/java"),
        "case $* in",
        "*-XX:AOTCacheOutput=*)",
        "cd '" + top + "'",
        String.join("\n", rehearsal),
        "exit ;;",
        "*-XX:AOTMode=on*)",
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2",
        "exit ;;",
        "esac",
        "echo 'an early line' >&2",
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2",
        "echo 'a late line' >&2",
        String.format(Locale.ROOT, "printf '%%s\\n' '%s' \"$@\"", version));
  }

  /** The command lines of the JVMs that were to make an archive of classes. */
  List<String> rehearsals() throws IOException {
    Path count = top.resolve("rehearsals");
    return Files.exists(count) ? Files.readAllLines(count) : List.of();
  }

  /** A Maven whose build works. */
  void maven() throws IOException {
    script(
        bin().resolve("mvn"),
        "echo run >>builds",
        "sleep 0.4",
        "mkdir -p engine/target cluster-net/target",
        "echo engine >engine/target/engine-1.jar",
        "echo app >cluster-net/target/cluster-net-1.jar",
        "echo lib >'lib.jar'",
        "printf %s \"$PWD/engine/target/engine-1.jar:$PWD/lib.jar\""
            + " >cluster-net/target/launcher.classpath");
  }

  /** A Maven whose build fails. */
  void brokenMaven() throws IOException {
    script(bin().resolve("mvn"), "echo '[ERROR] A.java: ; expected'", "exit 1");
  }

  /** The launcher, not yet started, with no environment but a PATH and the JDKs made here. */
  ProcessBuilder command(Path script, String... arguments) {
    ProcessBuilder process = new ProcessBuilder();
    process.command().add(script.toString());
    process.command().addAll(List.of(arguments));
    process.environment().clear();
    process.environment().put("PATH", bin().toString());
    process.environment().put("CLUSTER_NET_JDK_PATH", top.resolve("jdks").toString());
    process.directory(top.getParent().toFile());
    return process;
  }

  private void link(String tool) throws IOException {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path file = Path.of(folder, tool);
      if (Files.isExecutable(file)) {
        Files.createSymbolicLink(bin().resolve(tool), file);
        return;
      }
    }
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(
        file,
        "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("file=" + file + " cannot be made executable");
    }
  }
}
