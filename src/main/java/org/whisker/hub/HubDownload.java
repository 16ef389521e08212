package org.whisker.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Sha256;
import org.whisker.hub.HubClient.EnvironmentProxies;
import org.whisker.hub.HubClient.HubException;
import org.whisker.hub.HubClient.HubFile;
import org.whisker.hub.HubClient.LocatedFile;
import org.whisker.io.AtomicFiles;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * Fetches one file. If the connection is lost, the received bytes are kept beside the target, under
 * a name that contains the hub's hash, and the download resumes from there; the target appears once
 * its SHA-256 matches the hub's.
 */
public final class HubDownload {
  /** The address where files come from by default; the variable HF_ENDPOINT names a mirror. */
  public static final String HUB = "https://huggingface.co";

  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final int MOST_FAILURES = 5;

  private static final long MB = 1_000_000;

  private final HubClient client;
  private final URI endpoint;
  private final Listener listener;
  private final BooleanSupplier stopped;
  private final Duration pause;
  private final Duration patience;
  private final long mostBytes;
  private long reached;

  /** Receives the progress of a download. */
  public interface Listener {
    /** The file was found; {@code kept} bytes of it were downloaded before. */
    void located(LocatedFile file, long kept);

    /** Called with the number of bytes that are present. */
    void received(long bytes);

    /** A request failed and will be retried. */
    void note(String line);
  }

  /**
   * Prepares to fetch.
   *
   * @param mostBytes of a file, whatever the hub says that it has
   * @param environment returns the value of an environment variable, or null
   * @param stopped polled between reads; once true, the download stops and received bytes are kept
   * @throws IllegalArgumentException for an HF_ENDPOINT that is not an address, or not encrypted
   */
  public HubDownload(
      long mostBytes,
      UnaryOperator<@Nullable String> environment,
      Listener listener,
      BooleanSupplier stopped) {
    this(mostBytes, environment, listener, stopped, Duration.ofSeconds(2), Duration.ofSeconds(60));
  }

  HubDownload(
      long mostBytes,
      UnaryOperator<@Nullable String> environment,
      Listener listener,
      BooleanSupplier stopped,
      Duration pause,
      Duration patience) {
    this.mostBytes = mostBytes;
    this.endpoint = endpoint(ENDPOINT, environment.apply(ENDPOINT), HUB);
    this.client = new HubClient(endpoint, environment);
    this.listener = listener;
    this.stopped = stopped;
    this.pause = pause;
    this.patience = patience;
  }

  /**
   * The address that a variable names, or else {@code usual}.
   *
   * @throws IllegalArgumentException when it is none, or not encrypted
   */
  static URI endpoint(String variable, @Nullable String named, String usual) {
    String text = named == null || named.isBlank() ? usual : named.strip();
    if (!text.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException(
          variable + " must be an address such as " + usual + ", not '" + text + "'");
    }
    URI endpoint = URI.create(text);
    Checks.require(
        isPrivate(endpoint),
        "%s must be https, as http can be read and changed on its way (it is for this machine"
            + " alone, such as http://localhost:8080), not '%s'",
        variable,
        text);
    return endpoint;
  }

  /** Whether nobody between can change what is sent: encrypted, or not leaving this machine. */
  static boolean isPrivate(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean loopback =
        host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
  }

  /**
   * Fetches {@code file} to {@code target}, whose folder must exist. After a lost connection it
   * retries, as long as each attempt makes progress or the attempts are few.
   *
   * @param pinned SHA-256 that the file must have, whatever the hub says; empty: that of the hub
   * @return false when it was stopped
   * @throws HubException for failures that a retry cannot fix
   * @throws IOException in one line otherwise; received bytes are kept
   */
  public boolean fetch(HubFile file, Path target, Optional<String> pinned) throws IOException {
    int failures = 0;
    while (!stopped.getAsBoolean()) {
      long before = reached;
      try {
        return attempt(file, target, pinned);
      } catch (HubException e) {
        throw new HubException(file + ": " + e.getMessage(), e);
      } catch (IOException e) {
        failures = reached > before ? 1 : failures + 1;
        if (failures >= MOST_FAILURES || isUnknownHost(e)) {
          throw new IOException(file + ": " + explain(e), e);
        }
        listener.note("retrying: " + explain(e));
        sleep(failures);
      }
    }
    return false;
  }

  private boolean attempt(HubFile file, Path target, Optional<String> pinned) throws IOException {
    try {
      LocatedFile located = client.locate(file);
      if (pinned.isPresent() && !pinned.get().equals(located.sha256())) {
        throw new HubException(
            "its SHA-256 is %s, not %s as pinned; nothing was downloaded"
                .formatted(located.sha256(), pinned.get()));
      }
      if (located.bytes() > mostBytes) {
        throw new HubException(
            Text.of(
                "the hub says that it has %,d MB, more than the %,d of --max-mb; nothing was"
                    + " downloaded",
                (located.bytes() + MB - 1) / MB, mostBytes / MB));
      }
      Path part = part(target, located);
      PartialDownload received = new PartialDownload(part, located);
      reached = received.kept();
      listener.located(located, reached);
      if (reached != located.bytes() && !receive(received, located)) {
        return false;
      }
      received.verify();
      AtomicFiles.rename(part, target);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", e);
    }
  }

  private static Path part(Path target, LocatedFile located) {
    return target.resolveSibling(
        "." + target.getFileName() + "." + located.sha256().substring(0, 16) + ".part");
  }

  private boolean receive(PartialDownload received, LocatedFile located)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.open(located.uri(), received.kept());
    try (InputStream body = response.body();
        Watchdog watchdog = new Watchdog(body, patience)) {
      return received.append(
          response,
          bytes -> {
            reached = bytes;
            watchdog.moved();
            listener.received(bytes);
          },
          stopped);
    }
  }

  private void sleep(int failures) throws IOException {
    try {
      Thread.sleep(pause.toMillis() * failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", e);
    }
  }

  private String explain(IOException e) {
    if (isUnreachable(e)) {
      return endpoint.getHost()
          + " cannot be reached; is this machine offline? HF_ENDPOINT sets a mirror, HTTPS_PROXY a"
          + " proxy, and 'whisker models import --arch' imports a local file";
    }
    String message = String.valueOf(e.getMessage());
    // the JDK's message when a proxy refuses a tunnel
    return message.startsWith("Tunnel failed, got: 407")
        ? "the proxy requires authentication; " + EnvironmentProxies.UNSUPPORTED
        : message;
  }

  static boolean isUnreachable(IOException e) {
    return isUnknownHost(e)
        || e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException;
  }

  private static boolean isUnknownHost(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** The received part of a file, kept until it is complete and verified. */
  private record PartialDownload(Path part, LocatedFile located) {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final int BUFFER = 1 << 16;

    long kept() throws IOException {
      AtomicFiles.requirePlain(part);
      return Files.exists(part) ? Files.size(part) : 0;
    }

    /**
     * Appends the bytes of a response.
     *
     * @return false when it was stopped before the end
     * @throws HubException if the response does not match the hub's description
     * @throws IOException when it ends too early
     */
    boolean append(
        HttpResponse<InputStream> response, LongConsumer listener, BooleanSupplier stopped)
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
              Text.of("%s has %,d bytes, the hub says %,d", host, length, located.bytes()));
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
      return Text.of("the connection was cut after %,d of %,d bytes", at, located.bytes());
    }

    private void requireNoMore(long at) throws IOException {
      if (at > located.bytes()) {
        throw refused(Text.of("more than the %,d bytes announced by the hub", located.bytes()));
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

  /** Closes a stream that has stalled, so that its reader fails. */
  static final class Watchdog implements AutoCloseable {
    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread thread = new Thread(runnable, "download watchdog");
              thread.setDaemon(true);
              return thread;
            });

    private volatile boolean moved = true;

    Watchdog(InputStream stream, Duration patience) {
      var unused =
          timer.scheduleAtFixedRate(
              () -> look(stream), patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Records that data arrived. */
    void moved() {
      moved = true;
    }

    private void look(InputStream stream) {
      if (moved) {
        moved = false;
        return;
      }
      try {
        stream.close();
      } catch (IOException e) {
        // the reader fails in either case
      }
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
