package org.whisker.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.hub.HubDownload.HubFile;

class HubDownloadTest {
  private static final HubFile FILE = new HubFile("timm/net", "main", "model.safetensors");
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private final List<Long> kept = new ArrayList<>();
  private long received;
  private LoopbackHub hub;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(content);
    hub = new LoopbackHub(content, hash(content));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private Path target() {
    return folder.resolve("net.safetensors");
  }

  private HubDownload.Listener listener() {
    return new HubDownload.Listener() {
      @Override
      public void located(String host, long bytes, long before) {
        kept.add(before);
      }

      @Override
      public void received(long bytes) {
        received = bytes;
      }
    };
  }

  private HubDownload download(java.util.function.BooleanSupplier stopped) {
    return new HubDownload(
        700_000_000, hub.environment(), listener(), stopped, Duration.ofMinutes(5));
  }

  private boolean fetch() throws IOException {
    return download(() -> false).fetch(FILE, target(), Optional.empty());
  }

  private void whole() throws IOException {
    assertTrue(fetch());
    assertArrayEquals(content, Files.readAllBytes(target()));
    assertEquals(SIZE, received);
    assertEquals(List.of("net.safetensors"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String refused() {
    String message = String.valueOf(assertThrows(IOException.class, this::fetch).getMessage());
    assertTrue(message.startsWith("timm/net/model.safetensors: "), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(target()));
    return message;
  }

  @Test
  void followsTheHubsRedirectToItsStore() throws IOException {
    whole();
    assertEquals(
        List.of("HEAD /timm/net/resolve/main/model.safetensors", "GET /store/blob"),
        hub.requests());
  }

  /** What was under way when the connection broke may be lost. */
  @Test
  void goesOnAfterCuts() throws IOException {
    hub.store((exchange, bytes, from) -> LoopbackHub.send(exchange, bytes, from, 40_000));
    String cut = refused();
    assertTrue(cut.contains("of 300,000 bytes; the same command goes on from there"), cut);
    assertTrue(received > 0 && received <= 40_000, received + " bytes");
    long came = received;
    hub.store(LoopbackHub::honest);
    whole();
    assertEquals(came, kept.get(1));
    assertTrue(hub.requests().contains("GET /store/blob bytes=" + came + "-"));
  }

  @Test
  void goesOnInALaterProcess() throws IOException {
    assertFalse(download(() -> received > 100_000).fetch(FILE, target(), Optional.empty()));
    assertFalse(Files.exists(target()));
    long before = received;
    assertTrue(before > 100_000 && before < SIZE, before + " bytes");
    whole();
    assertEquals(before, kept.get(kept.size() - 1));
    assertTrue(hub.requests().contains("GET /store/blob bytes=" + before + "-"));
  }

  @Test
  void startsAgainWhereRangesAreNotKnown() throws IOException {
    assertFalse(download(() -> received > 100_000).fetch(FILE, target(), Optional.empty()));
    hub.store((exchange, bytes, from) -> LoopbackHub.send(exchange, bytes, 0, SIZE));
    whole();
  }

  @Test
  void anotherFileOfThatNameIsNotGoneOnFrom() throws Exception {
    hub.says(hash(new byte[3]), SIZE);
    assertFalse(download(() -> received > 100_000).fetch(FILE, target(), Optional.empty()));
    hub.says(hash(content), SIZE);
    assertTrue(fetch());
    assertEquals(0, kept.get(kept.size() - 1));
    assertArrayEquals(content, Files.readAllBytes(target()));
  }

  @Test
  void moreThanAnyWeightsAreRefused() throws Exception {
    hub.says(hash(content), 1L << 40);
    assertTrue(refused().contains("more than the 700 of --max-mb"));
  }

  @Test
  void wrongBytesAreNotKept() throws IOException {
    hub.store(
        (exchange, bytes, from) -> {
          byte[] wrong = bytes.clone();
          wrong[SIZE / 2] ^= 1;
          LoopbackHub.honest(exchange, wrong, from);
        });
    assertTrue(refused().contains("has the SHA-256"));
    assertEquals(List.of(), names());
  }

  @Test
  void liesAboutLengthsAreTold() throws IOException {
    hub.store((exchange, bytes, from) -> LoopbackHub.honest(exchange, new byte[SIZE + 5], from));
    assertTrue(refused().contains("more than the 300,000 bytes"));
    hub.store(
        (exchange, bytes, from) -> {
          // chunked: no length announced, and more than there is
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[SIZE + 5]);
        });
    assertTrue(refused().contains("more than the 300,000 bytes"));
    assertEquals(List.of(), names());
  }

  @Test
  void aStoreThatSendsNothingMoreIsLeft() throws IOException {
    CountDownLatch left = new CountDownLatch(1);
    hub.store(
        (exchange, bytes, from) -> {
          LoopbackHub.send(exchange, bytes, from, 50_000);
          await(left);
        });
    HubDownload impatient =
        new HubDownload(
            700_000_000, hub.environment(), listener(), () -> false, Duration.ofMillis(300));
    IOException e =
        assertThrows(IOException.class, () -> impatient.fetch(FILE, target(), Optional.empty()));
    left.countDown();
    assertTrue(String.valueOf(e.getMessage()).contains("was cut after"), e.getMessage());
    hub.store(LoopbackHub::honest);
    whole();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStoreThatRefusesIsSaid() throws IOException {
    hub.store((exchange, bytes, from) -> exchange.sendResponseHeaders(503, -1));
    assertTrue(refused().contains("127.0.0.1 answers 503"));
  }

  @Test
  void missingForbiddenAndUnhashedFiles() throws IOException {
    hub.resolves(404, "");
    assertTrue(refused().contains("127.0.0.1 has no such file"));
    hub.resolves(401, "");
    assertTrue(refused().contains("refuses access (401)"));
    hub.resolves(302, "/store/blob");
    hub.says("0123456789", SIZE);
    assertTrue(refused().contains("no SHA-256"));
  }

  @Test
  void redirectsAreFollowedButNotAnywhere() throws IOException {
    hub.resolves(307, "file:///etc/passwd");
    assertTrue(refused().contains("which is not followed"));
    hub.resolves(302, "/store/a");
    hub.store(
        (exchange, bytes, from) -> {
          if (exchange.getRequestURI().getPath().endsWith("/a")) {
            exchange.getResponseHeaders().add("Location", "/store/b");
            exchange.sendResponseHeaders(302, -1);
          } else {
            LoopbackHub.honest(exchange, bytes, from);
          }
        });
    assertTrue(fetch());
    hub.store(
        (exchange, bytes, from) -> {
          exchange.getResponseHeaders().add("Location", "/store/a");
          exchange.sendResponseHeaders(302, -1);
        });
    Files.delete(target());
    assertTrue(refused().contains("more than 8 redirects"));
  }

  @Test
  void offlineIsOneLine() throws IOException {
    hub.close();
    String message = refused();
    assertTrue(message.contains("127.0.0.1 cannot be reached; is this machine offline?"), message);
    assertTrue(message.contains("HF_ENDPOINT"), message);
  }

  @Test
  void anEndpointMustBeAnAddress() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new HubDownload(1, name -> "ftp://x", listener(), () -> false));
    assertTrue(String.valueOf(e.getMessage()).contains("not 'ftp://x'"));
  }

  @Test
  void httpIsForThisMachineAlone() throws IOException {
    for (String own : List.of("http://localhost:8", "http://127.1.2.3/x", "http://[::1]:8")) {
      new HubDownload(1, name -> name.equals("HF_ENDPOINT") ? own : null, listener(), () -> false);
    }
    for (String far :
        List.of("http://hub.example", "http://127.0.0.1.example", "http://10.0.0.1")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new HubDownload(1, name -> far, listener(), () -> false));
      assertTrue(String.valueOf(e.getMessage()).contains("must be https"), e.getMessage());
    }
    hub.resolves(302, "http://hub.example/store");
    assertTrue(refused().contains("which is not followed"));
  }

  @Test
  void aPinnedHashIsWhatCounts() throws Exception {
    HubDownload download = download(() -> false);
    String message =
        String.valueOf(
            assertThrows(
                    IOException.class,
                    () -> download.fetch(FILE, target(), Optional.of("0".repeat(64))))
                .getMessage());
    assertTrue(message.contains("not " + "0".repeat(64) + " as pinned"), message);
    assertFalse(Files.exists(target()));
    assertEquals(0, received);
    assertTrue(download.fetch(FILE, target(), Optional.of(hash(content))));
  }

  /** A proxy is asked for the whole address; the loopback hub stands for one. */
  @Test
  void aProxyIsUsed() throws IOException {
    Map<String, String> set =
        Map.of("HF_ENDPOINT", "http://127.0.0.9:9", "HTTP_PROXY", hub.address());
    assertTrue(
        new HubDownload(1_000_000, set::get, listener(), () -> false)
            .fetch(FILE, target(), Optional.empty()));
  }

  private static List<Proxy> proxies(Map<String, String> environment, String uri) {
    return HubDownload.proxies(URI.create(uri), environment::get).select(URI.create(uri));
  }

  private static String address(List<Proxy> proxies) {
    InetSocketAddress address = (InetSocketAddress) proxies.get(0).address();
    return address.getHostString() + ":" + address.getPort();
  }

  @Test
  void proxiesComeFromTheEnvironment() {
    Map<String, String> set =
        Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", "localhost,.inner.example");
    assertEquals("proxy.example:3128", address(proxies(set, "https://huggingface.co/x")));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(set, "https://a.inner.example/x"));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(set, "https://localhost/x"));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(Map.of(), "https://huggingface.co/x"));
    assertEquals("proxy:8080", address(proxies(Map.of("ALL_PROXY", "proxy:8080"), "http://x/")));
  }

  @Test
  void passwordsAreNotTaken() {
    Map<String, String> set = Map.of("HTTPS_PROXY", "http://a:b@proxy:1");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> proxies(set, "https://huggingface.co/x"));
    assertTrue(e.toString().contains("models import --arch"), e.toString());
    assertFalse(e.toString().contains("a:b"), "a password is not repeated");
  }
}
