package org.whisker.hub;

import java.io.EOFException;
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
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
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
    this.endpoint = endpoint(environment.apply(ENDPOINT));
    this.client = new HubClient(endpoint, environment);
    this.listener = listener;
    this.stopped = stopped;
    this.pause = pause;
    this.patience = patience;
  }

  private static URI endpoint(@Nullable String named) {
    String text = named == null || named.isBlank() ? HUB : named.strip();
    Checks.require(
        text.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?"),
        "%s must be an address such as %s, not '%s'",
        ENDPOINT,
        HUB,
        text);
    URI endpoint = URI.create(text);
    Checks.require(
        isPrivate(endpoint),
        "%s must be https, as http can be read and changed on its way (it is for this machine"
            + " alone, such as http://localhost:8080), not '%s'",
        ENDPOINT,
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
      String name = "." + target.getFileName() + "." + located.sha256().substring(0, 16) + ".part";
      Path part = target.resolveSibling(name);
      AtomicFiles.requirePlain(part);
      reached = Files.exists(part) ? Files.size(part) : 0;
      listener.located(located, reached);
      if (reached != located.bytes() && !receive(part, located)) {
        return false;
      }
      String hash = Sha256.of(part);
      if (!hash.equals(located.sha256())) {
        throw refused(
            part,
            "what %s sent has the SHA-256 %s, the hub says %s"
                .formatted(located.uri().getHost(), hash, located.sha256()));
      }
      AtomicFiles.rename(part, target);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", e);
    }
  }

  /** Appends what is missing; false when it was stopped before the end. */
  private boolean receive(Path part, LocatedFile located) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.open(located.uri(), reached);
    try (InputStream body = response.body();
        Watchdog watchdog = new Watchdog(body, patience)) {
      reached = begin(response, part, located);
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.truncate(reached).position(reached);
        byte[] buffer = new byte[1 << 16];
        while (!stopped.getAsBoolean()) {
          int n = read(body, buffer, located);
          if (n < 0) {
            return true;
          }
          if (reached + n > located.bytes()) {
            throw refused(
                part, Text.of("more than the %,d bytes announced by the hub", located.bytes()));
          }
          write(out, ByteBuffer.wrap(buffer, 0, n), part);
          reached += n;
          watchdog.moved();
          listener.received(reached);
        }
        return false;
      }
    }
  }

  private int read(InputStream body, byte[] buffer, LocatedFile located) throws IOException {
    String cut = Text.of("the connection was cut after %,d of %,d bytes", reached, located.bytes());
    try {
      int n = body.read(buffer);
      if (n < 0 && reached < located.bytes()) {
        throw new EOFException(cut);
      }
      return n;
    } catch (IOException e) {
      throw new IOException(cut, e); // the client's own message is only "closed"
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes, Path part) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new HubException(part + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** The position in the file of the response's first byte. */
  private long begin(HttpResponse<InputStream> response, Path part, LocatedFile located)
      throws IOException {
    String host = String.valueOf(response.uri().getHost());
    int status = response.statusCode();
    if (status == 206) {
      String range = response.headers().firstValue("content-range").orElse("");
      if (!range.matches(Text.of("bytes %d-\\d+/%d", reached, located.bytes()))) {
        throw refused(
            part, host + " answers with the range '" + range + "', requested from " + reached);
      }
      return reached;
    }
    if (status == 200) {
      long length = response.headers().firstValueAsLong("content-length").orElse(located.bytes());
      if (length != located.bytes()) {
        throw refused(
            part, Text.of("%s has %,d bytes, the hub says %,d", host, length, located.bytes()));
      }
      return 0;
    }
    if (status == 416) {
      Files.deleteIfExists(part);
    }
    throw new IOException(host + " answers " + status);
  }

  /** Discards the bytes of a file that is not what the hub says. */
  private static HubException refused(Path part, String why) throws IOException {
    Files.deleteIfExists(part);
    return new HubException(
        why + "; nothing was kept: fetch again, or set HF_ENDPOINT to a mirror");
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
    if (isUnknownHost(e)
        || e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException) {
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

  private static boolean isUnknownHost(Throwable thrown) {
    return thrown instanceof UnresolvedAddressException
        || (thrown.getCause() != null && isUnknownHost(thrown.getCause()));
  }

  /** Closes a stream that has stalled, so that its reader fails. */
  private static final class Watchdog implements AutoCloseable {
    private final Timer timer = new Timer("download watchdog", true);
    private volatile boolean moved = true;

    Watchdog(InputStream stream, Duration patience) {
      TimerTask look =
          new TimerTask() {
            @Override
            public void run() {
              if (!moved) {
                close(stream);
              }
              moved = false;
            }
          };
      timer.schedule(look, patience.toMillis(), patience.toMillis());
    }

    private static void close(InputStream stream) {
      try {
        stream.close();
      } catch (IOException e) {
        // the reader fails in either case
      }
    }

    /** Records that data arrived. */
    void moved() {
      moved = true;
    }

    @Override
    public void close() {
      timer.cancel();
    }
  }
}
