package org.clusternet.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.progress.Progress;

/**
 * Downloads a file over HTTP and resumes where an attempt was interrupted (RFC 9110, section 14:
 * Range).
 *
 * <p>It uses HttpURLConnection, which has a read timeout; java.net.http.HttpClient has none, and a
 * stalled connection would stall the run.
 *
 * @param address address of the file
 * @param attempts largest number of attempts, at least 1
 * @param pause before the second attempt; it doubles with every further one
 * @param silence connect and read timeout
 */
record Download(URI address, int attempts, Duration pause, Duration silence) {
  private static final long LARGEST = 1L << 30;
  private static final int BUFFER = 1 << 16;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /** A failure that a further attempt would not change. */
  private static final class FinalException extends IOException {
    private static final long serialVersionUID = 1L;

    FinalException(String what) {
      super(what);
    }
  }

  /** Five attempts with a timeout of 30 seconds. */
  static Download patient(URI address) {
    return new Download(address, 5, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /**
   * Downloads the missing part of the file.
   *
   * @param file partial file of an earlier attempt, or empty
   * @param name name for the progress bar
   * @throws IOException if the download fails; what was received stays in the file
   */
  void run(FileChannel file, String name, Progress progress) throws IOException {
    Duration wait = pause;
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(file, name, progress);
        return;
      } catch (FinalException e) {
        throw e;
      } catch (IOException e) {
        if (attempt >= attempts || (attempt == 1 && isUnreachable(e))) {
          throw e;
        }
        progress.line("%s: %s; attempt %d of %d".formatted(name, reason(e), attempt + 1, attempts));
        sleep(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }

  /** Whether there seems to be no network at all, which a second attempt would not change. */
  private static boolean isUnreachable(IOException e) {
    return e instanceof UnknownHostException
        || e instanceof ConnectException
        || e instanceof NoRouteToHostException;
  }

  private static void sleep(Duration wait) throws IOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void attempt(FileChannel file, String name, Progress progress) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) silence.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    long have = file.size();
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      int status = connection.getResponseCode();
      long total;
      switch (status) {
        case HttpURLConnection.HTTP_PARTIAL -> total = rangeTotal(connection, have);
        case HttpURLConnection.HTTP_OK -> {
          file.truncate(0);
          total = connection.getContentLengthLong();
        }
        case 416 -> {
          file.truncate(0);
          throw new IOException("the server has no further bytes of the partial file");
        }
        default -> throw refusal(status);
      }
      if (total > LARGEST) {
        throw new FinalException("the server announces " + total + " bytes");
      }
      try (InputStream in = connection.getInputStream()) {
        copy(in, file, total, name, progress);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static IOException refusal(int status) {
    String what = "the server answers HTTP " + status;
    return status >= 500 ? new IOException(what) : new FinalException(what);
  }

  private static long rangeTotal(HttpURLConnection connection, long have) throws IOException {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    Matcher fields = RANGE.matcher(range);
    if (!fields.matches() || Long.parseLong(fields.group(1)) != have) {
      throw new FinalException("the server answers Content-Range " + range);
    }
    return fields.group(2).equals("*") ? -1 : Long.parseLong(fields.group(2));
  }

  private void copy(InputStream in, FileChannel file, long total, String name, Progress progress)
      throws IOException {
    long have = file.size();
    file.position(have);
    progress.line(
        "%s %s from %s"
            .formatted(
                have == 0 ? "downloading" : "resuming at " + megabytes(have) + " of",
                of(total),
                address));
    byte[] buffer = new byte[BUFFER];
    try (Progress.Task task = progress.begin(name, Math.max(total, have))) {
      for (int n = read(in, buffer, have); n >= 0; n = read(in, buffer, have)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
        while (bytes.hasRemaining()) {
          have += file.write(bytes);
        }
        if (have > LARGEST) {
          throw new FinalException("more than " + LARGEST + " bytes were received");
        }
        task.advanceTo(have);
        task.detail(megabytes(have));
      }
    }
    if (total >= 0 && have != total) {
      throw new IOException("interrupted after %d of %d bytes".formatted(have, total));
    }
  }

  private static int read(InputStream in, byte[] buffer, long have) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new IOException("interrupted after %d bytes: %s".formatted(have, reason(e)), e);
    }
  }

  private static String of(long total) {
    return total < 0 ? "a file" : megabytes(total);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes * 1e-6);
  }

  /** A readable reason: the messages of the JDK are often only the name of the host. */
  static String reason(IOException e) {
    boolean plain = e.getClass() == IOException.class || e instanceof FinalException;
    return plain
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
