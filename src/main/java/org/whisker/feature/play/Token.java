package org.whisker.feature.play;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What shows that a request comes from the page that was opened: 256 random bits. It stands in the
 * fragment of the page's address, which browsers send to no server, and comes back in a header that
 * no other site's page can set.
 */
public final class Token {
  /** The header that it is sent in. */
  static final String HEADER = "X-Whisker-Token";

  private static final int BYTES = 32;

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /** A new one. */
  public static Token random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  String text() {
    return text;
  }

  /** Without its text, which is in no log. */
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
