package org.whisker.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.classifier.Sha256;

/** The received part of a file, kept until it is complete and verified. */
final class PartialDownload {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final int BUFFER = 1 << 16;

  private final Path part;
  private final LocatedFile located;

  PartialDownload(Path part, LocatedFile located) {
    this.part = part;
    this.located = located;
  }

  long kept() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /**
   * Appends the bytes of a response.
   *
   * @return false when it was stopped before the end
   * @throws HubException if the response does not match the hub's description
   * @throws IOException when it ends too early
   */
  boolean append(HttpResponse<InputStream> response, LongConsumer listener, BooleanSupplier stopped)
      throws IOException {
    long from = begin(response);
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(from).position(from);
      byte[] buffer = new byte[BUFFER];
      long at = from;
      while (!stopped.getAsBoolean()) {
        int n = read(response.body(), buffer, at);
        if (n < 0) {
          return requireWhole(at);
        }
        at += n;
        requireNoMore(at);
        write(out, ByteBuffer.wrap(buffer, 0, n));
        listener.accept(at);
      }
      return false;
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new HubException(part + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** The position in the file of the response's first byte. */
  private long begin(HttpResponse<InputStream> response) throws IOException {
    long kept = kept();
    String host = host(response);
    int status = response.statusCode();
    long length = response.headers().firstValueAsLong("content-length").orElse(-1);
    if (status == 206) {
      String range = response.headers().firstValue("content-range").orElse("");
      Matcher matcher = RANGE.matcher(range);
      if (!matcher.matches()
          || Long.parseLong(matcher.group(1)) != kept
          || Long.parseLong(matcher.group(2)) != located.bytes()) {
        throw refused(host + " answers with the range '" + range + "', requested from " + kept);
      }
      return kept;
    }
    if (status == 200) {
      if (length >= 0 && length != located.bytes()) {
        throw refused(
            "%s has %,d bytes, the hub says %,d".formatted(host, length, located.bytes()));
      }
      return 0;
    }
    if (status == 416) {
      Files.deleteIfExists(part);
    }
    throw new IOException(host + " answers " + status);
  }

  private static String host(HttpResponse<?> response) {
    return String.valueOf(response.uri().getHost());
  }

  private boolean requireWhole(long at) throws IOException {
    if (at < located.bytes()) {
      throw new IOException(cut(at));
    }
    return true;
  }

  private int read(InputStream body, byte[] buffer, long at) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      // the client's own message is only "closed"
      throw new IOException(cut(at), e);
    }
  }

  private String cut(long at) {
    return "the connection was cut after %,d of %,d bytes".formatted(at, located.bytes());
  }

  private void requireNoMore(long at) throws IOException {
    if (at > located.bytes()) {
      throw refused("more than the %,d bytes announced by the hub".formatted(located.bytes()));
    }
  }

  /** Discards the bytes of a file that does not match the hub's hash. */
  private HubException refused(String why) throws IOException {
    Files.deleteIfExists(part);
    return new HubException(
        why + "; nothing was kept: fetch again, or set HF_ENDPOINT to a mirror");
  }

  /** Checks the complete file against the hub's hash. */
  void verify() throws IOException {
    String hash = Sha256.of(part);
    if (!hash.equals(located.sha256())) {
      throw refused(
          "what %s sent has the SHA-256 %s, the hub says %s"
              .formatted(
                  located.uri().getHost(),
                  Sha256.abbreviate(hash),
                  Sha256.abbreviate(located.sha256())));
    }
  }
}
