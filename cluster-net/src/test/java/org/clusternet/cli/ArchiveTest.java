package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM with the launcher's options and an archive of classes, whole or spoilt. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class ArchiveTest {

  /** A program of one class. */
  static final class Hello {
    private Hello() {}

    public static void main(String[] args) {
      System.out.println("hello");
    }
  }

  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  @TempDir private static Path folder;
  private static Path jar;
  private static byte[] whole;

  @BeforeAll
  static void archive() throws Exception {
    jar = folder.resolve("hello.jar");
    String entry = Hello.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in = Hello.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
      out.closeEntry();
    }
    Path archive = folder.resolve("whole.aot");
    run("\"$JAVA\" $JVM_OPTIONS -XX:AOTCacheOutput=\"$1\" -cp \"$2\" \"$3\"", archive);
    whole = Files.readAllBytes(archive);
  }

  @Test
  void aWholeArchiveIsTaken() throws Exception {
    Path archive = Files.write(folder.resolve("taken.aot"), whole);
    assertEquals(List.of("hello", INCUBATOR), hello(archive, "-XX:AOTMode=on"));
  }

  @Test
  void aSpoiltArchiveIsPassedOverInSilence() throws Exception {
    byte[] flipped = whole.clone();
    for (int i = 0; i < 4096; i++) {
      flipped[whole.length / 2 + i] ^= (byte) 0xFF;
    }
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    List<byte[]> spoilt = List.of(new byte[0], garbage, Arrays.copyOf(whole, 1 << 20), flipped);
    for (int i = 0; i < spoilt.size(); i++) {
      Path archive = Files.write(folder.resolve("spoilt" + i), spoilt.get(i));
      assertEquals(List.of("hello", INCUBATOR), hello(archive, ""), "spoilt archive " + i);
    }
    assertEquals(List.of("hello", INCUBATOR), hello(folder.resolve("none"), ""));
  }

  @Test
  void anArchiveForOtherOptionsIsPassedOverInSilence() throws Exception {
    Path archive = Files.write(folder.resolve("other.aot"), whole);
    for (String option : List.of("-XX:-UseCompressedOops", "--add-modules=java.logging")) {
      assertEquals(List.of("hello", INCUBATOR), hello(archive, option), option);
    }
  }

  @Test
  void otherWarningsOfTheJvmAreStillHeard() throws Exception {
    Path archive = Files.write(folder.resolve("heard.aot"), whole);
    List<String> said = hello(archive, "-XX:+UseSerialGC -Xms2m -Xmn64m");
    assertTrue(said.stream().anyMatch(line -> line.contains("[warning][gc")), said::toString);
  }

  private static List<String> hello(Path archive, String option) throws Exception {
    return run(
        "\"$JAVA\" $JVM_OPTIONS $WITH_ARCHIVE -XX:AOTCache=\"$1\" " + option + " -cp \"$2\" \"$3\"",
        archive);
  }

  /** What a command printed to standard output, then to standard error; it must end well. */
  private static List<String> run(String command, Path archive) throws Exception {
    Path script = Checkout.root().resolve("bin/jvm.sh");
    Path err = folder.resolve("err");
    ProcessBuilder shell =
        new ProcessBuilder(
                "sh",
                "-c",
                ". \"$0\"; { " + command + "; } && cat \"$4\"",
                script.toString(),
                archive.toString(),
                jar.toString(),
                Hello.class.getName(),
                err.toString())
            .redirectError(err.toFile());
    shell
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    Process process = shell.start();
    List<String> lines = process.inputReader().lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the JVM hangs");
    assertEquals(0, process.exitValue(), lines::toString);
    return lines;
  }
}
