package org.clusternet.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.clusternet.pretrained.FileServer.Manner;
import org.clusternet.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetFileTest {
  private static final byte[] CONTENT = new byte[300_000];
  private static final String NAME;

  static {
    new Random(1).nextBytes(CONTENT);
    NAME = "resnet18-" + sha256(CONTENT).substring(0, 8) + ".pth";
  }

  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();
  private final List<Long> advances = new ArrayList<>();

  /** Keeps what it is told. */
  private final Progress progress =
      new Progress() {
        @Override
        public void line(String text) {
          log.add(text);
        }

        @Override
        public Task begin(String name, long total) {
          log.add("bar " + name + " of " + total);
          return new Task() {
            @Override
            public void advanceTo(long done) {
              advances.add(done);
            }

            @Override
            public void detail(String text) {
              // The bar's business.
            }

            @Override
            public void close() {
              // Nothing is drawn.
            }
          };
        }
      };

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path cached() {
    return cache().resolve(NAME);
  }

  private Path part() {
    return cache().resolve("." + NAME + ".part");
  }

  private Path torch() {
    return folder.resolve("torch");
  }

  private Path locate(URI address) {
    Download download = new Download(address, 3, Duration.ofMillis(1), Duration.ofSeconds(2));
    return new ImageNetFile(cache(), List.of(torch()), download).locate(progress);
  }

  private String refusal(URI address) {
    return assertThrows(DataException.class, () -> locate(address)).getMessage();
  }

  private void assertFetched(FileServer server, String... asked) throws IOException {
    assertEquals(cached(), locate(server.address()));
    assertArrayEquals(CONTENT, Files.readAllBytes(cached()));
    assertEquals(List.of(asked), server.asked());
    try (Stream<Path> files = Files.list(cache())) {
      assertEquals(List.of(cached()), files.toList());
    }
  }

  @Test
  void isDownloadedOnceWithABarAndThenTakenFromTheCache() throws IOException {
    try (FileServer server = new FileServer(NAME, CONTENT)) {
      assertFetched(server, "whole");
      assertEquals("downloading 0.3 MB from " + server.address(), log.get(0));
      assertEquals("bar " + NAME + " of 300000", log.get(1));
      assertEquals(300_000, advances.get(advances.size() - 1));
      assertFetched(server, "whole");
    }
  }

  @Test
  void aDownloadThatBreaksOffGoesOnWhereItWas() throws IOException {
    try (FileServer server = new FileServer(NAME, CONTENT, Manner.BREAK_OFF, Manner.UNAVAILABLE)) {
      assertFetched(server, "whole", "bytes=150000-", "bytes=150000-");
      assertTrue(
          log.contains("resuming at 0.2 MB of 0.3 MB from " + server.address()), log::toString);
    }
  }

  @Test
  void aRunThatEndedEarlyIsGoneOnWith() throws IOException {
    try (FileServer server =
        new FileServer(NAME, CONTENT, Manner.BREAK_OFF, Manner.BREAK_OFF, Manner.BREAK_OFF)) {
      String message = refusal(server.address());
      assertTrue(message.contains("interrupted after 262500 "), message);
      assertFalse(Files.exists(cached()));
      assertFetched(server, "whole", "bytes=150000-", "bytes=225000-", "bytes=262500-");
    }
  }

  @Test
  void whatIsLeftOfAnotherFileIsFetchedAnew() throws IOException {
    Files.createDirectories(cache());
    Files.write(part(), new byte[1000]);
    try (FileServer server = new FileServer(NAME, CONTENT)) {
      assertFetched(server, "bytes=1000-", "whole");
    }
  }

  @Test
  void aServerMayNotKnowRanges() throws IOException {
    Files.createDirectories(cache());
    for (Manner manner : new Manner[] {Manner.IGNORE_RANGE, Manner.REFUSE_RANGE}) {
      Files.deleteIfExists(cached());
      Files.write(part(), Arrays.copyOf(CONTENT, 1000));
      try (FileServer server = new FileServer(NAME, CONTENT, manner)) {
        String[] asked = {"bytes=1000-", "whole"};
        assertFetched(server, Arrays.copyOf(asked, manner == Manner.IGNORE_RANGE ? 1 : 2));
      }
    }
    Files.delete(cached());
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));
    try (FileServer server = new FileServer(NAME, CONTENT, Manner.OTHER_RANGE)) {
      String message = refusal(server.address());
      assertTrue(message.contains("answers Content-Range bytes 1001-299999/300000"), message);
    }
  }

  @Test
  void theWrongFileIsNeverKept() throws IOException {
    byte[] other = CONTENT.clone();
    other[5]++;
    try (FileServer server = new FileServer(NAME, other)) {
      String message = refusal(server.address());
      assertTrue(message.contains("of the received file does not match its name"), message);
      try (Stream<Path> files = Files.list(cache())) {
        assertEquals(0, files.count());
      }
    }
    Files.write(cached(), other);
    String message = refusal(URI.create("http://127.0.0.1:1/" + NAME));
    assertEquals(
        cached()
            + ": its SHA-256 begins with "
            + sha256(other).substring(0, 8)
            + ", which does not match its name; delete it or replace it",
        message);
  }

  @Test
  void pytorchsOwnCopyServesToo() throws IOException {
    URI nobody = URI.create("http://127.0.0.1:1/" + NAME);
    Files.createDirectories(torch());
    Files.write(torch().resolve(NAME), CONTENT);
    assertEquals(torch().resolve(NAME), locate(nobody));
    Files.write(torch().resolve(NAME), new byte[10]);
    try (FileServer server = new FileServer(NAME, CONTENT)) {
      assertFetched(server, "whole");
    }
    assertEquals(10, Files.size(torch().resolve(NAME)), "it is only read");
  }

  @Test
  void withoutANetworkOneLineSaysWhichFileToPutWhere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + port + "/models/" + NAME);
    assertEquals(
        cached()
            + ": cannot be downloaded from "
            + address
            + " (ConnectException: Connection refused); put the file there by hand, or start from"
            + " random weights: --weights none",
        refusal(address));
    assertEquals(List.of(), log);
    assertFalse(Files.exists(part()));
  }

  @Test
  void whatWouldNotHelpIsNotTriedAgain() throws IOException {
    try (FileServer server = new FileServer(NAME, CONTENT, Manner.NOT_FOUND)) {
      String message = refusal(server.address());
      assertTrue(message.contains("(the server answers HTTP 404)"), message);
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForForever() throws IOException {
    try (FileServer server = new FileServer(NAME, CONTENT, Manner.HANG)) {
      assertFetched(server, "whole", "whole");
      assertTrue(log.get(0).contains("SocketTimeoutException: Read timed out"), log::toString);
    }
  }

  @Test
  void foldersFollowTheEnvironment() {
    Path home = Path.of("home");
    assertEquals(home.resolve(".cache/cluster-net"), CacheFolders.ours(Map.of(), "home"));
    assertEquals(
        Path.of("x/cluster-net"), CacheFolders.ours(Map.of("XDG_CACHE_HOME", "x"), "home"));
    assertEquals(
        Path.of("c"),
        CacheFolders.ours(Map.of("XDG_CACHE_HOME", "x", "CLUSTER_NET_CACHE", "c"), "home"));
    assertEquals(
        home.resolve(".cache/torch/hub/checkpoints"), CacheFolders.torch(Map.of(), "home"));
    assertEquals(
        Path.of("t/hub/checkpoints"), CacheFolders.torch(Map.of("TORCH_HOME", "t"), "home"));
  }
}
