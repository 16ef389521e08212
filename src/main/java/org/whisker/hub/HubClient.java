package org.whisker.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Sha256;

/** Requests to the hub: redirects are followed one by one, since they carry the hub's headers. */
public final class HubClient {
  private static final int MOST_REDIRECTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI endpoint;
  private final HttpClient client;

  HubClient(URI endpoint, UnaryOperator<@Nullable String> environment) {
    this.endpoint = endpoint;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .proxy(new EnvironmentProxies(environment))
            .build();
  }

  /** Looks up the location, length and hash of a file. */
  LocatedFile locate(HubFile file) throws IOException, InterruptedException {
    URI uri = file.at(endpoint);
    String sha256 = "";
    OptionalLong size = OptionalLong.empty();
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<Void> response =
          client.send(
              request(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
              BodyHandlers.discarding());
      HttpHeaders headers = response.headers();
      if (sha256.isEmpty()) {
        sha256 = sha256(headers);
        size = headers.firstValueAsLong("x-linked-size");
      }
      if (sha256.isEmpty() && headers.firstValue("x-linked-etag").isPresent()) {
        return located(uri, size, sha256);
      }
      int status = response.statusCode();
      if (!isRedirect(status)) {
        requireFound(uri, status);
        OptionalLong length = size.isPresent() ? size : headers.firstValueAsLong("content-length");
        return located(uri, length, sha256);
      }
      uri = target(uri, headers);
      if (!sha256.isEmpty() && size.isPresent()) {
        // the target is a plain file store, which may refuse HEAD
        return located(uri, size, sha256);
      }
    }
    throw new HubException("more than " + MOST_REDIRECTS + " redirects from " + endpoint);
  }

  private static LocatedFile located(URI uri, OptionalLong size, String sha256) throws IOException {
    if (sha256.isEmpty() || size.isEmpty() || size.getAsLong() < 1) {
      throw new HubException(
          uri.getHost()
              + " gives no SHA-256 and length to verify the file; use another HF_ENDPOINT");
    }
    return new LocatedFile(uri, size.getAsLong(), sha256);
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

  private static void requireFound(URI uri, int status) throws IOException {
    if (status == 404) {
      throw new HubException(uri.getHost() + " has no such file; check HF_ENDPOINT");
    }
    if (status == 401 || status == 403) {
      throw new HubException(
          uri.getHost() + " refuses access (" + status + "); try another HF_ENDPOINT");
    }
    if (status == 407) {
      throw new HubException(
          "the proxy requires authentication; " + EnvironmentProxies.UNSUPPORTED);
    }
    if (status != 200) {
      throw new IOException(uri.getHost() + " answers " + status);
    }
  }

  /** The bytes from {@code from} on; redirects are followed. */
  HttpResponse<InputStream> open(URI start, long from) throws IOException, InterruptedException {
    URI uri = start;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpRequest.Builder request = request(uri);
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      if (!isRedirect(response.statusCode())) {
        return response;
      }
      response.body().close();
      uri = target(uri, response.headers());
    }
    throw new HubException("more than " + MOST_REDIRECTS + " redirects from " + start.getHost());
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("User-Agent", "whisker")
        .header("Accept-Encoding", "identity");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(URI from, HttpHeaders headers) throws IOException {
    String location = headers.firstValue("location").orElse("");
    URI to;
    try {
      to = from.resolve(URI.create(location));
    } catch (IllegalArgumentException e) {
      throw new HubException(from.getHost() + " redirects to an invalid address", e);
    }
    boolean weaker = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    if (location.isEmpty() || !HubDownload.isPrivate(to) || weaker || to.getHost() == null) {
      throw new HubException(from.getHost() + " redirects to " + to + ", which is not followed");
    }
    return to;
  }

  /**
   * A file of a repository on the hub.
   *
   * @param repository such as {@code timm/vgg16.tv_in1k}
   * @param revision a branch, a tag or a commit
   * @param path inside the repository
   */
  public record HubFile(String repository, String revision, String path) {
    public HubFile {
      for (String part : new String[] {repository, revision, path}) {
        if (!part.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*") || part.contains("..")) {
          throw new IllegalArgumentException("not the name of a file on the hub: '" + part + "'");
        }
      }
    }

    /** The address of the file at a hub. */
    URI at(URI endpoint) {
      String base = endpoint.toString().replaceFirst("/+$", "");
      return URI.create(base + "/" + repository + "/resolve/" + revision + "/" + path);
    }

    @Override
    public String toString() {
      return repository + "/" + path;
    }
  }

  /**
   * The location of a file's bytes, and their length and hash according to the hub.
   *
   * @param bytes in total
   * @param sha256 64 hexadecimal digits in lower case
   */
  public record LocatedFile(URI uri, long bytes, String sha256) {}

  /** A failure that a retry cannot fix; the one-line message names the cause and the remedy. */
  static final class HubException extends IOException {
    private static final long serialVersionUID = 1;

    HubException(String message) {
      super(message);
    }

    HubException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Proxies as the environment names them: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
   * ALL_PROXY} and {@code NO_PROXY}, in upper or lower case. Without them, the proxies of the JVM's
   * own properties.
   */
  static final class EnvironmentProxies extends ProxySelector {
    /** Advice for a proxy that requires authentication. */
    static final String UNSUPPORTED =
        "authenticated proxies are unsupported: use another proxy, or download the file by other"
            + " means and pass it to 'whisker models import --arch'";

    private final UnaryOperator<@Nullable String> environment;

    /**
     * Reads them when a proxy is asked for.
     *
     * @param environment returns null for variables that are not set
     */
    EnvironmentProxies(UnaryOperator<@Nullable String> environment) {
      this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
      String proxy = first(uri.getScheme().toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY");
      ProxySelector system = ProxySelector.getDefault();
      if (proxy.isEmpty() && system != null) {
        return system.select(uri);
      }
      boolean direct = proxy.isEmpty() || excepted(String.valueOf(uri.getHost()));
      return List.of(direct ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, address(proxy)));
    }

    private String first(String... names) {
      return Stream.of(names)
          .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT)))
          .map(environment)
          .filter(value -> value != null && !value.isBlank())
          .findFirst()
          .map(String::strip)
          .orElse("");
    }

    private boolean excepted(String host) {
      return Stream.of(first("NO_PROXY").split(",", -1))
          .map(rule -> rule.strip().replaceFirst("^\\*?\\.", ""))
          .filter(rule -> !rule.isEmpty())
          .anyMatch(rule -> rule.equals("*") || ("." + host).endsWith("." + rule));
    }

    /** An address without credentials, which the message of a refusal does not repeat. */
    private static InetSocketAddress address(String proxy) {
      URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new UncheckedIOException(
            new HubException("a proxy must have the form http://HOST:PORT; " + UNSUPPORTED));
      }
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return InetSocketAddress.createUnresolved(uri.getHost(), port);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      // the request fails and reports it
    }
  }
}
