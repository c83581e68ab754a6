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
import org.jspecify.annotations.Nullable;

/**
 * torchvision's ResNet-18 trained on ImageNet ({@code ResNet18_Weights.IMAGENET1K_V1}), from the
 * cache folder, else from that of PyTorch, else downloaded into the cache folder.
 *
 * <p>The name contains the first digits of the file's SHA-256, as in torch.hub; a file that does
 * not match is never used. An interrupted download is resumed, in this run or the next.
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
   * @param cache folder in which it is kept; created when needed
   * @param others further folders in which it may be, which are only read
   * @param download its download; the last part of the address is the file's name
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
   * Finds or downloads the file.
   *
   * @param progress progress of the download
   * @return a file whose SHA-256 matches its name
   * @throws DataException if it is not available, saying which file to put where, or if the one in
   *     the cache folder is damaged
   */
  public Path locate(Progress progress) {
    Path file = cache.resolve(name);
    try {
      if (Files.exists(file)) {
        requireHash(file, "delete it or replace it");
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
          "%s: cannot be downloaded from %s (%s); put the file there by hand, or start from random weights: --weights none"
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
        throw new IOException("another process is downloading it");
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

  /**
   * The partial file of an earlier run may be of another file: then it is downloaded from the
   * start.
   */
  private void fetch(FileChannel channel, Path part, Progress progress) throws IOException {
    boolean resumed = channel.size() > 0;
    download.run(channel, name, progress);
    if (resumed && !matches(hash(part))) {
      channel.truncate(0);
      download.run(channel, name, progress);
    }
    if (!matches(hash(part))) {
      channel.truncate(0);
      throw new IOException("the SHA-256 of the received file does not match its name");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
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
          "%s: its SHA-256 begins with %s, which does not match its name; %s"
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
