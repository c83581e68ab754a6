package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM with and without a terminal, which util-linux's {@code script} provides. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "script takes other options elsewhere")
class TerminalTest {
  private static final String JVM =
      "\"$JAVA\" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
          + " -cp \"$CLASS_PATH\" org.clusternet.cli.Main simulate --clusters 3 --size 32";

  @TempDir private Path folder;

  @Test
  void aTerminalShowsABar() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no /usr/bin/script");
    String shown = run("script -qec '" + JVM + " --out bar' /dev/null");
    assertTrue(shown.contains("simulation"), shown);
    assertTrue(shown.contains("100% ["), shown);
    assertTrue(shown.contains("wrote 9 images of 3 clusters"), shown);
  }

  @Test
  void aPipeShowsNone() throws Exception {
    String shown = run(JVM + " --out pipe 2>&1");
    assertFalse(shown.contains("simulation"), shown);
    assertFalse(shown.contains("\r"), shown);
  }

  private String run(String command) throws IOException, InterruptedException {
    Path out = folder.resolve("shown");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    bash.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    bash.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    Process process = bash.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
    String shown = Files.readString(out, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), shown);
    return shown;
  }
}
