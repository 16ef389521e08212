package org.whisker.feature.play;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request before anything is done for it. A site that rebinds its name to this address
 * still sends its own name as {@code Host}; another site's page still sends its own {@code Origin};
 * and neither they nor another user of this machine know the token.
 *
 * @param authority the only value of {@code Host}: {@code 127.0.0.1:PORT}
 */
record Guard(String authority, Token token) {
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int MISDIRECTED = 421;

  /**
   * Lets a request for the page itself pass, which holds no secret and may be linked to.
   *
   * @throws Refusal for another host, or a script of another site
   */
  void page(HttpExchange exchange) throws Refusal {
    Headers headers = exchange.getRequestHeaders();
    boolean host = authority.equals(only(headers, "Host"));
    if (!host || exchange.getRequestURI().getRawAuthority() != null) {
      throw new Refusal(MISDIRECTED, "this server is " + authority + " and nothing else");
    }
    String origin = only(headers, "Origin");
    if (headers.containsKey("Origin") && !("http://" + authority).equals(origin)) {
      throw new Refusal(FORBIDDEN, "requests of other sites are refused");
    }
  }

  /**
   * Lets a request pass that knows the token.
   *
   * @throws Refusal for any other
   */
  void data(HttpExchange exchange) throws Refusal {
    page(exchange);
    Headers headers = exchange.getRequestHeaders();
    if (headers.containsKey("Sec-Fetch-Site")
        && !"same-origin".equals(only(headers, "Sec-Fetch-Site"))) {
      throw new Refusal(FORBIDDEN, "requests of other sites are refused");
    }
    if (!token.matches(only(headers, Token.HEADER))) {
      throw new Refusal(
          UNAUTHORIZED,
          "open the address that whisker printed: its key is missing or is an old one");
    }
  }

  /** The value of a header that is there once; null otherwise. */
  private static @Nullable String only(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.get(0);
  }
}
