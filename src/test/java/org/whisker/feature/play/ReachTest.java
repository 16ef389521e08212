package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.feature.play.Guard.Token;
import org.whisker.job.InvalidRequestException;

/** The page behind a proxy, and in a notebook's frame: off unless it is asked for. */
class ReachTest {
  private static final String BASE = "/user/me/proxy/8080/";
  private static final String HUB = "https://hub.example.org";
  static final Reach PROXY =
      Reach.of(Optional.of("/user/me/proxy/8080"), Optional.of(HUB + ":443"), List.of());

  private static Reach embedded(String... by) {
    return new Reach("/", Optional.empty(), List.of(by));
  }

  private static String answer(Reach reach, String path, String... headers) throws IOException {
    Token token = Token.random(new SecureRandom());
    try (PlayServer server = PlayServer.start(new SumModels(), Pictures.state(), token, 0, reach)) {
      List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
      for (String header : headers) {
        lines.add(header.replace("PORT", Integer.toString(server.address().getPort())));
      }
      return RawClient.send(server.address(), lines, new byte[0]).text();
    }
  }

  private static void status(int status, String reply) {
    assertTrue(reply.startsWith("HTTP/1.1 " + status), reply);
  }

  private static void refused(String why, Executable made) {
    String said = String.valueOf(assertThrows(InvalidRequestException.class, made).getMessage());
    assertTrue(said.contains(why), said);
  }

  @Test
  void aLinkIsThatOfTheProxy() throws IOException {
    Token token = Token.random(new SecureRandom());
    try (PlayServer server = PlayServer.start(new SumModels(), Pictures.state(), token, 0, PROXY)) {
      assertTrue(server.link().startsWith(HUB + BASE + "#token="), server.link());
    }
  }

  @Test
  void partsThatNoBrowserSendsAreRefused() {
    for (String path : List.of("/%", "/a%2/", "/%zz/")) {
      refused("--base-path", () -> Reach.of(Optional.of(path), Optional.empty(), List.of()));
    }
    Reach.of(Optional.of("/a%20b/"), Optional.of("https://a:65535"), List.of("https://a:8888"));
    for (String origin : List.of("https://a:99999", "https://a:65536", "https://a:0")) {
      refused("--origin", () -> Reach.of(Optional.empty(), Optional.of(origin), List.of()));
      refused("--embed", () -> embedded(origin));
    }
  }

  @Test
  void aProxyMayKeepThePathOrTakeItOff() throws IOException {
    for (String path : List.of(BASE, "/", BASE + "main.js", "/main.js")) {
      status(200, answer(PROXY, path, "Host: hub.example.org"));
      status(200, answer(PROXY, path, "Host: 127.0.0.1:PORT", "Origin: " + HUB));
    }
    for (String path : List.of("/user/me/proxy/8080", "/user/me/proxy/8081/", BASE + "../")) {
      status(404, answer(PROXY, path, "Host: hub.example.org"));
    }
  }

  @Test
  void withoutBeingAskedForNothingIsBehindAProxy() throws IOException {
    status(404, answer(Reach.here(), BASE, "Host: 127.0.0.1:PORT"));
    status(421, answer(Reach.here(), "/", "Host: hub.example.org"));
    status(403, answer(Reach.here(), "/", "Host: 127.0.0.1:PORT", "Origin: " + HUB));
  }

  @Test
  void whatAProxySaysInHeadersIsNotBelieved() throws IOException {
    String[] forwarded = {
      "X-Forwarded-Host: 127.0.0.1:PORT",
      "X-Forwarded-Proto: http",
      "X-Forwarded-Prefix: " + BASE,
      "Forwarded: host=127.0.0.1:PORT"
    };
    for (Reach reach : List.of(Reach.here(), PROXY)) {
      List<String> headers = new ArrayList<>(List.of(forwarded));
      headers.add("Host: evil.example");
      status(421, answer(reach, "/", headers.toArray(String[]::new)));
    }
    status(
        403,
        answer(
            PROXY,
            "/",
            "Host: 127.0.0.1:PORT",
            "Origin: https://evil.example",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: https"));
  }

  @Test
  void onlyNamedPagesMayHoldIt() throws IOException {
    String alone = answer(Reach.here(), "/", "Host: 127.0.0.1:PORT").toLowerCase(Locale.ROOT);
    assertTrue(alone.contains("frame-ancestors 'none'"), alone);
    assertTrue(alone.contains("x-frame-options: deny"), alone);
    String held =
        answer(embedded("http://localhost:*", HUB), "/", "Host: 127.0.0.1:PORT")
            .toLowerCase(Locale.ROOT);
    assertTrue(held.contains("frame-ancestors http://localhost:* " + HUB), held);
    assertFalse(held.contains("x-frame-options"), held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "https:", "https://*.org", "http://a:0", "'self'", "http://a; script-src *"})
  void whatCouldBeAnyPageIsRefused(String holder) {
    refused("--embed must be such as", () -> embedded(holder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user/", "//evil/", "/a/../", "/a b/", "/a?b/", "/a#b/", "/\"/"})
  void aPathIsAPath(String path) {
    refused(
        "--base-path must be a path",
        () -> Reach.of(Optional.of(path), Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub.example.org", HUB + "/", "https://HUB.org", "ftp://a", "null"})
  void anOriginHasNoPath(String origin) {
    refused(
        "--origin must be such as",
        () -> Reach.of(Optional.empty(), Optional.of(origin), List.of()));
  }
}
