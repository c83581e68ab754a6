package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with JDKs and a Maven that are stand-ins. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a Bash script")
class LauncherTest {

  /** What a run of the launcher printed and how it ended. */
  record Result(int exit, List<String> out, List<String> err) {

    String line(int index) {
      return index < out.size() ? out.get(index) : "";
    }
  }

  @TempDir private Path folder;
  private FakeCheckout checkout;

  @BeforeEach
  void freshCheckout() throws IOException {
    checkout = new FakeCheckout(folder);
  }

  @Test
  void saysWhatToInstallWithoutAJdk() throws Exception {
    checkout.maven();
    checkout.jdk("17.0.9");
    Result result = run(checkout.launcher());
    assertEquals(1, result.exit());
    assertEquals(1, result.err().size(), result::toString);
    assertTrue(
        result.err().get(0).contains("a JDK 25 or newer is needed and none was found: install"));
    assertEquals(0, checkout.builds());
  }

  @Test
  void saysWhatToInstallWithoutMaven() throws Exception {
    checkout.jdk("25.0.1");
    Result result = run(checkout.launcher());
    assertEquals(1, result.exit());
    assertTrue(result.err().get(0).contains("Maven (mvn) is needed"), result::toString);
  }

  @Test
  void prefersTheJdkItIsBuiltForToANewerOne() throws Exception {
    checkout.maven();
    checkout.jdk("17.0.9");
    checkout.jdk("25");
    checkout.jdk("101.0.2");
    assertEquals("jdk 25", run(checkout.launcher()).line(0));
  }

  @Test
  void takesANewerJdkWhereThereIsNoOther() throws Exception {
    checkout.maven();
    checkout.jdk("8");
    checkout.jdk("26.0.2");
    assertEquals("jdk 26.0.2", run(checkout.launcher()).line(0));
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
    Files.delete(checkout.jdk("25").resolve("bin/javac"));
    assertEquals(1, run(checkout.launcher()).exit());
  }

  @Test
  void javaHomeAndThePathAreLookedAt() throws Exception {
    checkout.maven();
    Path old = checkout.jdk("17");
    Path jdk = checkout.jdk("25.1");
    ProcessBuilder command = checkout.command(checkout.launcher());
    command.environment().remove("CLUSTER_NET_JDK_PATH");
    command.environment().put("JAVA_HOME", jdk.toString());
    assertEquals("jdk 25.1", finish(command).line(0));
    command.environment().put("JAVA_HOME", old.toString());
    Files.createSymbolicLink(checkout.bin().resolve("java"), jdk.resolve("bin/java"));
    assertEquals("jdk 25.1", finish(command).line(0));
  }

  @Test
  void argumentsArriveUnchangedThroughASymbolicLink() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    Path link = Files.createSymbolicLink(folder.resolve("a link"), checkout.launcher());
    Result result = run(link, "train", "--out", "a b", "*", "");
    assertEquals(0, result.exit(), result::toString);
    List<String> out = result.out();
    int main = out.indexOf("org.clusternet.cli.Main");
    assertEquals(List.of("train", "--out", "a b", "*", ""), out.subList(main + 1, out.size()));
    assertTrue(out.subList(0, main).contains("jdk.incubator.vector"));
  }

  @Test
  void moduleJarsAreCopiedAndLibrariesAreNot() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    List<String> out = run(checkout.launcher()).out();
    String[] path = out.get(out.indexOf("-cp") + 1).split(":", -1);
    assertEquals(3, path.length);
    assertTrue(path[0].endsWith("/cluster-net-1.jar"), path[0]);
    assertTrue(path[1].endsWith("/engine-1.jar") && !path[1].contains("/engine/target/"), path[1]);
    for (String jar : path) {
      assertTrue(Files.isReadable(Path.of(jar)), jar);
    }
  }

  @Test
  void buildsOnceAndAgainAfterAChange() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    Result first = run(checkout.launcher());
    assertEquals(1, first.err().stream().filter(line -> line.contains("building")).count());
    Result second = run(checkout.launcher());
    assertEquals(1, checkout.builds());
    assertFalse(second.err().toString().contains("building"));
    Files.writeString(checkout.source(), "class A {}");
    assertEquals(0, run(checkout.launcher()).exit());
    assertEquals(2, checkout.builds());
    Files.delete(checkout.source());
    assertEquals(0, run(checkout.launcher()).exit());
    assertEquals(3, checkout.builds());
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    checkout.brokenMaven();
    checkout.jdk("25");
    Result result = run(checkout.launcher());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("[ERROR] A.java: ; expected"), result::toString);
    assertEquals(List.of(), result.out());
    checkout.maven();
    assertEquals(0, run(checkout.launcher()).exit());
  }

  @Test
  void firstUsesAtOnceBuildOnce() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    Process one = checkout.command(checkout.launcher()).start();
    Process two = checkout.command(checkout.launcher()).start();
    assertEquals(0, finish(one).exit());
    assertEquals(0, finish(two).exit());
    assertEquals(1, checkout.builds());
  }

  @Test
  void anArchiveOfClassesIsMadeWithTheBuildAndGivenToEveryRun() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    for (int use = 0; use < 2; use++) {
      List<String> out = run(checkout.launcher(), "train").out();
      Path archive = archive(out);
      assertTrue(Files.isReadable(archive), archive::toString);
      assertEquals(
          archive.getParent(),
          Path.of(out.get(out.indexOf("-cp") + 1).split(":", -1)[0]).getParent());
      assertTrue(out.containsAll(List.of("-XX:+VerifySharedSpaces", "-Xlog:aot*=off,cds*=off")));
      assertEquals(List.of("classes.aot", "classes.jdk"), archiveFiles(archive.getParent()));
    }
    assertEquals(1, checkout.rehearsals().size());
    String rehearsal = checkout.rehearsals().get(0);
    assertTrue(rehearsal.contains(" org.clusternet.cli.Rehearsal "), rehearsal);
    assertTrue(rehearsal.contains("--add-modules jdk.incubator.vector "), rehearsal);
  }

  @Test
  void anArchiveOfAnotherJdkIsLeftAlone() throws Exception {
    checkout.maven();
    Path jdk = checkout.jdk("25");
    run(checkout.launcher());
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
    Result result = run(checkout.launcher(), "train");
    assertEquals("jdk 25", result.line(0));
    assertTrue(result.out().stream().noneMatch(o -> o.contains("AOTCache")), result::toString);
  }

  @Test
  void aUsersOwnArchiveIsTaken() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    for (String own : List.of("-XX:AOTCache=mine", "-XX:SharedArchiveFile=mine", "-Xshare:off")) {
      ProcessBuilder command = checkout.command(checkout.launcher());
      command.environment().put("CLUSTER_NET_JAVA_OPTS", "-Xmx1g " + own);
      List<String> out = finish(command).out();
      assertTrue(out.contains(own), out::toString);
      assertTrue(out.stream().noneMatch(o -> o.endsWith("classes.aot")), out::toString);
    }
  }

  @Test
  void aRehearsalThatFailsCostsNothingButTheArchive() throws Exception {
    checkout.maven();
    Path jdk = checkout.jdk("25");
    for (String failure : List.of(FakeCheckout.ARCHIVE + "; exit 1", "exit 0", "kill -9 $$")) {
      checkout.java(jdk, failure);
      Files.writeString(checkout.source(), "// " + failure);
      Result result = run(checkout.launcher(), "train");
      assertEquals(0, result.exit(), result::toString);
      assertEquals("jdk 25", result.line(0));
      assertTrue(
          result.err().stream()
              .allMatch(line -> line.matches("cluster-net: building.*|an early line|a late line")),
          result::toString);
      assertTrue(result.out().stream().noneMatch(o -> o.contains("AOTCache")), result::toString);
      Path jar = Path.of(result.out().get(result.out().indexOf("-cp") + 1).split(":", -1)[0]);
      assertEquals(List.of(), archiveFiles(jar.getParent()));
    }
  }

  private static Path archive(List<String> out) {
    String option = "-XX:AOTCache=";
    return out.stream()
        .filter(argument -> argument.startsWith(option))
        .map(argument -> Path.of(argument.substring(option.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(out));
  }

  private static List<String> archiveFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  @Test
  void onlyTheIncubatorLineIsKeptAway() throws Exception {
    checkout.maven();
    checkout.jdk("25");
    assertEquals(0, run(checkout.launcher()).exit());
    // The pipe's end is waited for: the filter may outlive a JVM that does not take the descriptor.
    ProcessBuilder command = checkout.command(checkout.launcher());
    command.command(
        List.of("bash", "-c", "\"$0\" 2>&1 >/dev/null | cat", command.command().get(0)));
    assertEquals(List.of("an early line", "a late line"), finish(command).out());
  }

  private Result run(Path script, String... arguments) throws Exception {
    return finish(checkout.command(script, arguments));
  }

  private static Result finish(ProcessBuilder command) throws Exception {
    return finish(command.start());
  }

  private static Result finish(Process process) throws Exception {
    process.getOutputStream().close();
    List<String> out = process.inputReader().lines().toList();
    List<String> err = process.errorReader().lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher hangs");
    return new Result(process.exitValue(), out, err);
  }
}
