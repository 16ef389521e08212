package org.whisker.feature.play;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.whisker.job.InvalidRequestException;

/**
 * Where a browser finds the page, and which pages may hold it in a frame. No header in which a
 * proxy says this is believed: whoever starts the server says it.
 *
 * @param basePath the path of the page, which begins and ends with a slash; a proxy may keep it or
 *     take it off
 * @param origin where a proxy serves the page, such as {@code https://hub.example.org}; empty
 *     without one
 * @param embed origins whose pages may hold the page; a port may be {@code *}
 */
record Reach(String basePath, Optional<String> origin, List<String> embed) {
  private static final String HOST = "https?://([a-z0-9-]+\\.)*[a-z0-9-]+";
  private static final String PORT =
      "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
  private static final Pattern ORIGIN = Pattern.compile(HOST + "(:" + PORT + ")?");
  private static final Pattern HOLDER =
      Pattern.compile(HOST + "(:(" + PORT + "|\\*))?|vscode-webview:");
  private static final Pattern PATH =
      Pattern.compile("/((?!\\.\\.?/)([A-Za-z0-9._~@+=-]|%[0-9A-Fa-f]{2})+/)*");

  Reach {
    embed = List.copyOf(embed);
    InvalidRequestException.refuse(
        !PATH.matcher(basePath).matches(),
        "--base-path must be a path such as /user/me/proxy/8080/, was " + basePath);
    InvalidRequestException.refuse(
        origin.isPresent() && !ORIGIN.matcher(origin.get()).matches(),
        "--origin must be such as https://hub.example.org, was " + origin.orElse(""));
    for (String each : embed) {
      InvalidRequestException.refuse(
          !HOLDER.matcher(each).matches(),
          "--embed must be such as http://localhost:8888 or http://localhost:*, was " + each);
    }
  }

  /** The page on this machine alone, in a window of its own. */
  static Reach here() {
    return new Reach("/", Optional.empty(), List.of());
  }

  /** Reads options: a path may lack its last slash, and an origin may name the usual port. */
  static Reach of(Optional<String> basePath, Optional<String> origin, List<String> embed) {
    String path = basePath.orElse("/");
    return new Reach(
        path.endsWith("/") ? path : path + "/", origin.map(Reach::withoutUsualPort), embed);
  }

  /** Leaves out the usual port, as browsers do. */
  private static String withoutUsualPort(String origin) {
    String usual = origin.startsWith("https:") ? ":443" : ":80";
    return origin.endsWith(usual) ? origin.substring(0, origin.length() - usual.length()) : origin;
  }

  /** The path of a request, without the base path where a proxy has kept it. */
  String inner(String path) {
    return path.startsWith(basePath) ? path.substring(basePath.length() - 1) : path;
  }

  /** What a browser behind the proxy sends as {@code Host}. */
  Optional<String> host() {
    return origin.map(each -> each.substring(each.indexOf("//") + 2));
  }

  /** The value of {@code frame-ancestors}. */
  String frameAncestors() {
    return embed.isEmpty() ? "'none'" : String.join(" ", embed);
  }
}
