package org.whisker.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.hub.HubClient.HubException;

/**
 * Proxies as the environment names them: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY}
 * and {@code NO_PROXY}, in upper or lower case. Without them, the proxies of the JVM's own
 * properties.
 */
final class EnvironmentProxies extends ProxySelector {
  /** Advice for a proxy that requires authentication. */
  static final String UNSUPPORTED =
      "authenticated proxies are unsupported: use another proxy, or download the file by other"
          + " means and pass it to 'whisker models import --arch'";

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final UnaryOperator<@Nullable String> environment;

  /**
   * Reads the environment by {@code environment}, which returns null for variables that are not
   * set.
   */
  EnvironmentProxies(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost());
    String proxy = first(uri.getScheme().toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY");
    if (proxy.isEmpty()) {
      ProxySelector system = ProxySelector.getDefault();
      return system == null ? DIRECT : system.select(uri);
    }
    return excepted(host) ? DIRECT : List.of(new Proxy(Proxy.Type.HTTP, known(proxy)));
  }

  private static InetSocketAddress known(String proxy) {
    try {
      return address(proxy);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(new HubException(String.valueOf(e.getMessage()), e));
    }
  }

  private String first(String... names) {
    for (String name : names) {
      for (String spelled : List.of(name, name.toLowerCase(Locale.ROOT))) {
        String value = environment.apply(spelled);
        if (value != null && !value.isBlank()) {
          return value.strip();
        }
      }
    }
    return "";
  }

  private boolean excepted(String host) {
    for (String each : first("NO_PROXY").split(",", -1)) {
      String rule = each.strip().replaceFirst("^\\*?\\.", "");
      if (rule.equals("*")
          || (!rule.isEmpty() && (host.equals(rule) || host.endsWith("." + rule)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws IllegalArgumentException if the address is malformed or contains credentials, which the
   *     message does not repeat
   */
  static InetSocketAddress address(String proxy) {
    URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a proxy must have the form http://HOST:PORT; " + UNSUPPORTED);
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return InetSocketAddress.createUnresolved(uri.getHost(), port);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // the request fails and reports it
  }
}
