package org.whisker.feature.play;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a request before anything is done for it. A site that rebinds its name to this address
 * still sends its own name as {@code Host}; another site's page still sends its own {@code Origin};
 * and neither they nor another user of this machine know the token.
 *
 * @param authority the only value of {@code Host} without a proxy: {@code 127.0.0.1:PORT}
 * @param reach where a proxy serves the page, whose host and origin pass as well
 */
record Guard(String authority, Reach reach, Token token) {
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
    String host = only(headers, "Host");
    boolean known = authority.equals(host) || is(reach.host(), host);
    if (!known || exchange.getRequestURI().getRawAuthority() != null) {
      throw new Refusal(MISDIRECTED, "this server is " + authority + " and nothing else");
    }
    String origin = only(headers, "Origin");
    boolean own = ("http://" + authority).equals(origin) || is(reach.origin(), origin);
    if (headers.containsKey("Origin") && !own) {
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

  private static boolean is(Optional<String> given, @Nullable String value) {
    return given.isPresent() && given.get().equals(value);
  }

  /** The value of a header that is there once; null otherwise. */
  private static @Nullable String only(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.get(0);
  }

  /**
   * What shows that a request comes from the page that was opened: 256 random bits. It stands in
   * the fragment of the page's address, which browsers send to no server, and comes back in a
   * header that no other site's page can set.
   */
  static final class Token {
    /** The header that it is sent in. */
    static final String HEADER = "X-Whisker-Token";

    private static final int BYTES = 32;

    private final String text;

    private Token(String text) {
      this.text = text;
    }

    /** Draws a new token. */
    public static Token random(SecureRandom random) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String text() {
      return text;
    }

    /** Leaves out the token's text, which is in no log. */
    @Override
    public String toString() {
      return "a token";
    }

    /** Whether it is this, in a time that says nothing of how much of it is right. */
    boolean matches(@Nullable String other) {
      return other != null
          && MessageDigest.isEqual(
              text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Tells why a request gets no answer: its status, and a message for whoever sent it. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }

    String line() {
      return String.valueOf(getMessage());
    }
  }
}
