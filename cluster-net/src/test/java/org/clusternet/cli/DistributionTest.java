package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the distribution and bench/gpu-session, with a runtime that is a stand-in. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the distribution is for Linux")
class DistributionTest {

  /** What a run printed and how it ended. */
  record Result(int exit, List<String> out, List<String> err) {}

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void unpacked() throws IOException {
    home = folder.resolve("a distribution");
    Path checkout = Checkout.root();
    copy(checkout.resolve("cluster-net/src/main/distribution/cluster-net"), "bin/cluster-net");
    copy(checkout.resolve("bin/jvm.sh"), "bin/jvm.sh");
    script(
        home.resolve("runtime/bin/java"),
        "echo 'an early line' >&2",
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2",
        "echo 'a late line' >&2",
        "printf '%s\\n' \"$@\"",
        "exit 7");
  }

  private void copy(Path from, String to) throws IOException {
    Path target = home.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(from, target, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result run(String... command) throws Exception {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().clear();
    process.environment().put("PATH", "/usr/bin:/bin");
    process.environment().put("CLUSTER_NET_JAVA_OPTS", "-Xmx1g -Dof=*");
    Process started = process.start();
    started.getOutputStream().close();
    List<String> out = started.inputReader().lines().toList();
    List<String> err = started.errorReader().lines().toList();
    assertTrue(started.waitFor(60, TimeUnit.SECONDS), "it hangs");
    return new Result(started.exitValue(), out, err);
  }

  @Test
  void becomesItsOwnJvmThroughASymbolicLink() throws Exception {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, home.resolve("bin/cluster-net"));
    Result result = run(link.toString(), "train", "--out", "a b", "*", "");
    assertEquals(7, result.exit());
    int main = result.out().indexOf("org.clusternet.cli.Main");
    List<String> options = result.out().subList(0, main);
    List<String> arguments = result.out().subList(main + 1, result.out().size());
    assertEquals(List.of("train", "--out", "a b", "*", ""), arguments);
    assertTrue(
        options.containsAll(List.of("jdk.incubator.vector", "-Xmx1g", "-Dof=*")), "" + result);
    Path real = home.toRealPath();
    assertEquals(real + "/lib/*:" + real + "/natives", options.get(options.size() - 1));
  }

  private String commandSeen(String... command) throws Exception {
    String option = "-Dclusternet.command=";
    return run(command).out().stream()
        .filter(line -> line.startsWith(option))
        .map(line -> line.substring(option.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theProgramIsToldHowItWasCalled() throws Exception {
    assertEquals("a distribution/bin/cluster-net", commandSeen("a distribution/bin/cluster-net"));
    String path = "PATH=" + home.resolve("bin") + ":/usr/bin:/bin";
    assertEquals("cluster-net", commandSeen("env", path, "cluster-net"));
  }

  @Test
  void aPathThatLeadsNowhereDoes() throws Exception {
    String launcher = home.resolve("bin/cluster-net").toString();
    assertEquals(7, run("/usr/bin/env", "PATH=", launcher).exit());
    assertEquals(7, run("/usr/bin/env", "PATH=/nowhere", launcher).exit());
  }

  @Test
  void onlyTheIncubatorLineIsKeptAway() throws Exception {
    // The pipe's end is waited for: the filter may outlive a JVM that does not take the descriptor.
    String launcher = home.resolve("bin/cluster-net").toString();
    Result result = run("bash", "-c", "\"$0\" 2>&1 >/dev/null | cat", launcher);
    assertEquals(List.of("an early line", "a late line"), result.out());
  }

  @Test
  void aFolderWithAColonIsRefused() throws Exception {
    Path moved = Files.move(home, folder.resolve("a:b"));
    Result result = run(moved.resolve("bin/cluster-net").toString());
    assertEquals(1, result.exit());
    assertTrue(result.err().get(0).endsWith("cannot hold a colon; move the distribution"));
  }

  /** A distribution whose program says what it is asked for, and fails at one command. */
  private Path tarball(String broken) throws Exception {
    Path program = folder.resolve("cluster-net-1/bin/cluster-net");
    script(
        program,
        "echo \"asked $*\"",
        "case $1 in " + broken + ") echo 'cluster-net: no GPU' >&2; exit 1 ;; esac",
        "while [ $# -gt 0 ]; do [ \"$1\" = --json ] && echo '{}' >\"$2\"; shift; done");
    Path tar = folder.resolve("cluster-net-1-linux-x86_64.tar.gz");
    assertEquals(0, run("tar", "-czf", tar.toString(), "cluster-net-1").exit());
    return tar;
  }

  private Result session(Path tarball, String... more) throws Exception {
    String script = Checkout.root().resolve("bench/gpu-session").toString();
    String out = folder.resolve("out").toString();
    String steps = "STEPS=doctor selftest bench torch compare";
    List<String> command =
        new ArrayList<>(List.of("env", steps, "PYTHON=sh", script, out, tarball.toString()));
    command.addAll(List.of(more));
    return run(command.toArray(String[]::new));
  }

  private List<String> summary() throws IOException {
    return Files.readAllLines(folder.resolve("out/summary.txt")).stream()
        .map(line -> line.replaceAll("[0-9]+ s", "N s"))
        .toList();
  }

  @Test
  void aSessionRunsEveryStepAndSaysSo() throws Exception {
    Path peer = folder.resolve("peer.py");
    script(peer, "printf '{\\n}\\n'");
    Result result = session(tarball("none"), peer.toString());
    assertEquals(0, result.exit(), result::toString);
    assertEquals(
        List.of(
            "ok     unpack (N s)",
            "ok     doctor (N s)",
            "ok     selftest (N s)",
            "ok     bench (N s)",
            "ok     torch-32-bf16 (N s)",
            "ok     torch-64-bf16 (N s)",
            "ok     torch-256 (N s)",
            "ok     torch-32-fp32 (N s)",
            "ok     torch-64-fp32 (N s)",
            "ok     torch-32-tf32 (N s)",
            "ok     torch-64-tf32 (N s)",
            "ok     compare (N s)"),
        summary());
    int last = result.out().size() - summary().size();
    assertEquals("== summary", result.out().get(last - 1));
    assertEquals(List.of("session.tar.gz", "summary.txt"), left());
    String compare = unpacked("compare.log");
    assertTrue(compare.startsWith("asked bench --from "), compare);
    assertEquals(7, compare.split("--peer", -1).length - 1, compare);
  }

  @Test
  void aStepThatFailsDoesNotStopTheOthers() throws Exception {
    Result result = session(tarball("selftest"));
    assertEquals(1, result.exit());
    assertEquals(
        List.of(
            "ok     unpack (N s)",
            "ok     doctor (N s)",
            "FAILED selftest: exit code 1 after N s: cluster-net: no GPU",
            "ok     bench (N s)",
            "ok     compare (N s)"),
        summary());
    assertEquals("cluster-net: no GPU\n", unpacked("selftest.err"));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String unpacked(String file) throws Exception {
    Path tar = folder.resolve("out/session.tar.gz");
    List<String> lines = run("tar", "-xzOf", tar.toString(), "session/" + file).out();
    return String.join("\n", lines) + "\n";
  }

  @Test
  void aSessionWithoutADistributionSaysWhatToDo() throws Exception {
    Path nothing = folder.resolve("nothing.tar.gz");
    Result result = session(nothing);
    assertEquals(1, result.exit());
    assertTrue(summary().get(0).startsWith("FAILED unpack: exit code"), result::toString);
  }
}
