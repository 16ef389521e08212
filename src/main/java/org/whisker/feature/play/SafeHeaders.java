package org.whisker.feature.play;

import com.sun.net.httpserver.Headers;
import java.util.Map;

/** Headers of every answer: the page loads nothing from elsewhere, and no other page holds it. */
final class SafeHeaders {
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              + "require-trusted-types-for 'script'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private SafeHeaders() {}

  static void set(Headers headers) {
    ALL.forEach(headers::set);
  }
}
