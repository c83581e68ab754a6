package org.clusternet.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.progress.Progress;

/**
 * torchvision's ResNet-18, trained on ImageNet ({@code ResNet18_Weights.IMAGENET1K_V1}): taken from
 * the cache folder, else from that of PyTorch, else downloaded into ours.
 *
 * <p>The name carries the beginning of the file's SHA-256, as torch.hub has it; a file that does
 * not match is never used. A download that breaks off goes on where it was, in this run or the
 * next.
 */
public final class ImageNetFile {
  private static final URI ADDRESS =
      URI.create("https://download.pytorch.org/models/resnet18-f37072fd.pth");
  private static final Pattern HASH = Pattern.compile(".*-([0-9a-f]{8,64})\\.[a-z]+");

  private final Path cache;
  private final List<Path> others;
  private final String name;
  private final Download download;

  /**
   * A file.
   *
   * @param cache the folder that it is kept in; made when needed
   * @param others folders in which it may be too, which are only read
   * @param download fetches it; the last part of its address is the file's name
   */
  ImageNetFile(Path cache, List<Path> others, Download download) {
    this.cache = cache;
    this.others = List.copyOf(others);
    this.download = download;
    String path = download.address().getPath();
    this.name = path.substring(path.lastIndexOf('/') + 1);
  }

  /** The published file, in the folders of the user who runs this. */
  public static ImageNetFile ofUser() {
    Map<String, String> environment = System.getenv();
    String home = System.getProperty("user.home");
    return new ImageNetFile(
        CacheFolders.ours(environment, home),
        List.of(CacheFolders.torch(environment, home)),
        Download.patient(ADDRESS));
  }

  /**
   * Finds the file, or fetches it.
   *
   * @param progress shows how far the download is
   * @return a file whose SHA-256 begins as its name says
   * @throws DataException if it is not to be had, saying which file to put where, or if the one in
   *     the cache folder is damaged
   */
  public Path locate(Progress progress) {
    Path file = cache.resolve(name);
    try {
      if (Files.exists(file)) {
        requireHash(file, "delete it, or put the right one there");
        return file;
      }
      for (Path folder : others) {
        if (Files.exists(folder.resolve(name)) && matches(hash(folder.resolve(name)))) {
          return folder.resolve(name);
        }
      }
      Files.createDirectories(cache);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be used: " + e, e);
    }
    try {
      fetch(file, progress);
      return file;
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be downloaded from %s (%s); put the file there yourself, or start without it: --weights none"
              .formatted(file, download.address(), Download.reason(e)),
          e);
    }
  }

  private void fetch(Path file, Progress progress) throws IOException {
    Path part = cache.resolve("." + name + ".part");
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new IOException("another process is at it");
      }
      if (!Files.exists(file)) {
        fetch(channel, part, progress);
        channel.force(true);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      if (Files.exists(part) && Files.size(part) == 0) {
        Files.delete(part);
      }
    }
  }

  /** What an earlier run left may be of another file: then all is fetched anew. */
  private void fetch(FileChannel channel, Path part, Progress progress) throws IOException {
    boolean resumed = channel.size() > 0;
    download.run(channel, name, progress);
    if (resumed && !matches(hash(part))) {
      channel.truncate(0);
      download.run(channel, name, progress);
    }
    if (!matches(hash(part))) {
      channel.truncate(0);
      throw new IOException("what came has another SHA-256 than its name says");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void requireHash(Path file, String remedy) throws IOException {
    String hash = hash(file);
    if (!matches(hash)) {
      throw new DataException(
          "%s: its SHA-256 begins %s, not as its name says; %s"
              .formatted(file, hash.substring(0, 8), remedy));
    }
  }

  private boolean matches(String hash) {
    Matcher expected = HASH.matcher(name);
    return expected.matches() && hash.startsWith(expected.group(1));
  }

  private static String hash(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
