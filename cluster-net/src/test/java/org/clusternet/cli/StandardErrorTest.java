package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM whose standard error was set aside as the launcher does it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a Bash script")
class StandardErrorTest {

  private static final String JVM =
      "exec 9>&2; exec \"$JAVA\" $OPTION --add-modules jdk.incubator.vector"
          + " --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp \"$CLASS_PATH\""
          + " org.clusternet.cli.Main --no-such-option 2>/dev/null";

  @TempDir private Path folder;

  @Test
  void comesBackWithoutTheIncubatorLine() throws Exception {
    String err = standardError("-Dclusternet.stderr=9");
    assertTrue(err.startsWith("cluster-net: Unknown option: '--no-such-option'"), err);
  }

  @Test
  void staysAsItIsWithoutTheProperty() throws Exception {
    assertEquals("", standardError(""));
  }

  @Test
  void aDescriptorThatIsNotOpenDoesNoHarm() throws Exception {
    assertEquals("", standardError("-Dclusternet.stderr=77"));
  }

  private String standardError(String option) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", JVM)
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    bash.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    bash.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    bash.environment().put("OPTION", option);
    Process process = bash.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the JVM hangs");
    assertEquals(2, process.exitValue());
    return Files.readString(err, StandardCharsets.UTF_8);
  }
}
