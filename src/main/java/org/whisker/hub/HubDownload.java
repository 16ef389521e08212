package org.whisker.hub;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Sha256;
import org.whisker.io.AtomicFiles;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * Fetches one file. If the connection is lost, the received bytes are kept beside the target, under
 * a name that contains the hub's hash, and the next fetch goes on from there; the target appears
 * once its SHA-256 matches the hub's. Redirects are followed one by one, since they carry the hub's
 * headers, and lead nowhere that others could read or change.
 */
public final class HubDownload {
  /** The address where files come from by default; the variable HF_ENDPOINT names a mirror. */
  public static final String HUB = "https://huggingface.co";

  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final int MOST_REDIRECTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MB = 1_000_000;

  private final URI endpoint;
  private final HttpClient client;
  private final Listener listener;
  private final BooleanSupplier stopped;
  private final Duration patience;
  private final long mostBytes;
  private volatile long reached;

  /**
   * A file of a repository on the hub.
   *
   * @param repository such as {@code timm/vgg16.tv_in1k}
   * @param revision a branch, a tag or a commit
   * @param path inside the repository
   */
  public record HubFile(String repository, String revision, String path) {
    URI at(URI endpoint) {
      String base = endpoint.toString().replaceFirst("/+$", "");
      return URI.create(base + "/" + repository + "/resolve/" + revision + "/" + path);
    }

    @Override
    public String toString() {
      return repository + "/" + path;
    }
  }

  /** The location of a file's bytes, and their length and SHA-256 according to the hub. */
  private record LocatedFile(URI uri, long bytes, String sha256) {}

  /** Receives the progress of a download. */
  public interface Listener {
    /** The file was found at a host; {@code kept} of its bytes were downloaded before. */
    void located(String host, long bytes, long kept);

    /** Called with the number of bytes that are present. */
    void received(long bytes);
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
    this(mostBytes, environment, listener, stopped, PATIENCE.multipliedBy(2));
  }

  HubDownload(
      long mostBytes,
      UnaryOperator<@Nullable String> environment,
      Listener listener,
      BooleanSupplier stopped,
      Duration patience) {
    this.mostBytes = mostBytes;
    this.endpoint = endpoint(environment.apply(ENDPOINT));
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .proxy(proxies(endpoint, environment))
            .build();
    this.listener = listener;
    this.stopped = stopped;
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

  /**
   * The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} or {@code ALL_PROXY} names, in upper or
   * lower case, unless {@code NO_PROXY} excepts the hub. Without them, those of the JVM.
   */
  static ProxySelector proxies(URI endpoint, UnaryOperator<@Nullable String> environment) {
    String scheme = endpoint.getScheme().toUpperCase(Locale.ROOT);
    String proxy = variable(environment, scheme + "_PROXY", "ALL_PROXY");
    boolean excepted =
        Stream.of(variable(environment, "NO_PROXY").split(",", -1))
            .map(rule -> rule.strip().replaceFirst("^\\*?\\.", ""))
            .filter(rule -> !rule.isEmpty())
            .anyMatch(rule -> rule.equals("*") || ("." + endpoint.getHost()).endsWith("." + rule));
    if (proxy.isEmpty() || excepted) {
      return proxy.isEmpty() ? ProxySelector.getDefault() : ProxySelector.of(null);
    }
    URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    Checks.require( // whose password the message does not repeat
        uri.getHost() != null && uri.getUserInfo() == null,
        "a proxy must have the form http://HOST:PORT, without a password; or download the file by"
            + " other means, and pass it to 'whisker models import --arch'");
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return ProxySelector.of(InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  private static String variable(UnaryOperator<@Nullable String> environment, String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
        .map(environment)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .map(String::strip)
        .orElse("");
  }

  /** Whether nobody between can change what is sent: encrypted, or not leaving this machine. */
  private static boolean isPrivate(URI uri) {
    String host = String.valueOf(uri.getHost());
    boolean loopback =
        host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
  }

  /**
   * Fetches {@code file} to {@code target}, whose folder must exist.
   *
   * @param pinned SHA-256 that the file must have, whatever the hub says; empty: that of the hub
   * @return false when it was stopped
   * @throws IOException in one line; received bytes are kept, unless they are not the file's
   */
  public boolean fetch(HubFile file, Path target, Optional<String> pinned) throws IOException {
    try {
      return fetched(locate(file), target, pinned);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(file + ": interrupted", e);
    } catch (IOException e) {
      throw new IOException(file + ": " + explain(e), e);
    }
  }

  private boolean fetched(LocatedFile located, Path target, Optional<String> pinned)
      throws IOException, InterruptedException {
    refuse(
        pinned.isPresent() && !pinned.get().equals(located.sha256()),
        "its SHA-256 is %s, not %s as pinned; nothing was downloaded",
        located.sha256(),
        pinned.orElse(""));
    refuse(
        located.bytes() > mostBytes,
        "the hub says that it has %,d MB, more than the %,d of --max-mb; nothing was downloaded",
        (located.bytes() + MB - 1) / MB,
        mostBytes / MB);
    String name = "." + target.getFileName() + "." + located.sha256().substring(0, 16) + ".part";
    Path part = target.resolveSibling(name);
    AtomicFiles.requirePlain(part);
    reached = Files.exists(part) ? Files.size(part) : 0;
    listener.located(located.uri().getHost(), located.bytes(), reached);
    if (reached != located.bytes() && !receive(part, located)) {
      return false;
    }
    String hash = Sha256.of(part);
    requireTrue(
        part,
        hash.equals(located.sha256()),
        "what %s sent has the SHA-256 %s, the hub says %s",
        located.uri().getHost(),
        hash,
        located.sha256());
    AtomicFiles.rename(part, target);
    return true;
  }

  /** Looks up the location, length and hash of a file. */
  private LocatedFile locate(HubFile file) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        follow("HEAD", file.at(endpoint), 0, each -> each.firstValue("x-linked-etag").isPresent());
    response.body().close();
    URI uri = response.uri();
    HttpHeaders headers = response.headers();
    requireFound(uri.getHost(), response.statusCode());
    String sha256 = sha256(headers);
    OptionalLong linked = headers.firstValueAsLong("x-linked-size");
    long size =
        (linked.isPresent() ? linked : headers.firstValueAsLong("content-length")).orElse(0);
    refuse(
        sha256.isEmpty() || size < 1,
        "%s gives no SHA-256 and length to verify the file; use another HF_ENDPOINT",
        uri.getHost());
    // the target is a plain file store, which may refuse HEAD
    return new LocatedFile(
        isRedirect(response.statusCode()) ? next(uri, headers) : uri, size, sha256);
  }

  /** The first answer that is no redirect, or whose headers are wanted. */
  private HttpResponse<InputStream> follow(
      String method, URI start, long from, Predicate<HttpHeaders> wanted)
      throws IOException, InterruptedException {
    URI uri = start;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response = ask(method, uri, from);
      if (!isRedirect(response.statusCode()) || wanted.test(response.headers())) {
        return response;
      }
      response.body().close();
      uri = next(uri, response.headers());
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + start.getHost());
  }

  private HttpResponse<InputStream> ask(String method, URI uri, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(PATIENCE)
            .header("User-Agent", "whisker")
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static String sha256(HttpHeaders headers) {
    String tag =
        headers
            .firstValue("x-linked-etag")
            .or(() -> headers.firstValue("etag"))
            .orElse("")
            .replaceFirst("^W/", "")
            .replace("\"", "")
            .toLowerCase(Locale.ROOT);
    return Sha256.isHash(tag) ? tag : "";
  }

  private static void requireFound(String host, int status) throws IOException {
    refuse(status == 404, "%s has no such file; check HF_ENDPOINT", host);
    refuse(
        status == 401 || status == 403,
        "%s refuses access (%d); try another HF_ENDPOINT",
        host,
        status);
    refuse(status != 200 && !isRedirect(status), "%s answers %d", host, status);
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI next(URI from, HttpHeaders headers) throws IOException {
    String location = headers.firstValue("location").orElse("");
    URI to;
    try {
      to = from.resolve(URI.create(location));
    } catch (IllegalArgumentException e) {
      throw new IOException(from.getHost() + " redirects to an invalid address", e);
    }
    boolean weaker = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    refuse(
        location.isEmpty() || !isPrivate(to) || weaker || to.getHost() == null,
        "%s redirects to %s, which is not followed",
        from.getHost(),
        to);
    return to;
  }

  /** Appends what is missing; false when it was stopped before the end. */
  private boolean receive(Path part, LocatedFile located) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = follow("GET", located.uri(), reached, headers -> false);
    InputStream body = response.body();
    Timer watchdog = new Timer("download watchdog", true);
    try (body) {
      reached = begin(response, part);
      watchdog.schedule(closing(body), patience.toMillis(), patience.toMillis());
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.truncate(reached).position(reached);
        byte[] buffer = new byte[1 << 16];
        while (!stopped.getAsBoolean()) {
          int n = read(body, buffer, located);
          if (n < 0) {
            return true;
          }
          requireTrue(
              part,
              reached + n <= located.bytes(),
              "more than the %,d bytes announced by the hub",
              located.bytes());
          for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
            out.write(bytes);
          }
          long present = reached + n;
          reached = present;
          listener.received(present);
        }
        return false;
      }
    } finally {
      watchdog.cancel();
    }
  }

  /** Closes a stream that has stalled, so that its reader fails. */
  private TimerTask closing(InputStream body) {
    return new TimerTask() {
      private long before = -1;

      @Override
      public void run() {
        if (before == reached) {
          try {
            body.close();
          } catch (IOException e) {
            // the reader fails in either case
          }
        }
        before = reached;
      }
    };
  }

  private int read(InputStream body, byte[] buffer, LocatedFile located) throws IOException {
    String cut =
        Text.of(
            "the connection was cut after %,d of %,d bytes; the same command goes on from there",
            reached, located.bytes());
    int n;
    try {
      n = body.read(buffer);
    } catch (IOException e) {
      throw new IOException(cut, e); // the client's own message is only "closed"
    }
    refuse(n < 0 && reached < located.bytes(), "%s", cut);
    return n;
  }

  /** The position in the file of the response's first byte; the hash tells whether it is so. */
  private long begin(HttpResponse<InputStream> response, Path part) throws IOException {
    int status = response.statusCode();
    if (status == 416) {
      Files.deleteIfExists(part);
    }
    refuse(status != 200 && status != 206, "%s answers %d", response.uri().getHost(), status);
    return status == 206 ? reached : 0;
  }

  @FormatMethod
  private static void refuse(boolean wrong, @FormatString String why, @Nullable Object... values)
      throws IOException {
    if (wrong) {
      throw new IOException(Text.of(why, values));
    }
  }

  /** Discards the bytes of a file that is not what the hub says. */
  @FormatMethod
  private static void requireTrue(
      Path part, boolean right, @FormatString String why, @Nullable Object... values)
      throws IOException {
    if (!right) {
      Files.deleteIfExists(part);
      throw new IOException(
          Text.of(why, values) + "; nothing was kept: fetch again, or set HF_ENDPOINT to a mirror");
    }
  }

  private String explain(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException
        ? endpoint.getHost()
            + " cannot be reached; is this machine offline? HF_ENDPOINT sets a mirror, HTTPS_PROXY"
            + " a proxy, and 'whisker models import --arch' imports a local file"
        : String.valueOf(e.getMessage());
  }
}
