package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.ExitCode;

/**
 * The whole program in a process of its own: the JDK's server reads its limits once a process, and
 * only a process gets a real Ctrl-C.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlayProcessTest {
  private static final int CONNECTIONS = 20;
  private static final int PATIENCE_MILLIS = 300_000;

  @TempDir static Path home;
  private static Process process;
  private static InetSocketAddress address;
  private static String token = "";

  @BeforeAll
  static void start() throws IOException {
    TinyModels.save(home, "tiny");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-Dwhisker.home=" + home,
                // as by default, but sooner
                "-Dsun.net.httpserver.maxReqTime=3",
                "-Djdk.httpserver.maxConnections=" + CONNECTIONS,
                "-cp",
                classPath(),
                Main.class.getName(),
                "play",
                "tiny",
                "--no-open")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    URI page = URI.create(String.valueOf(out.readLine()));
    token = String.valueOf(page.getFragment()).replace("token=", "");
    address = new InetSocketAddress(InetAddress.getByName(page.getHost()), page.getPort());
  }

  /** Also under a launcher that loads tests itself. */
  private static String classPath() {
    if (!(Main.class.getClassLoader() instanceof URLClassLoader loader)) {
      return System.getProperty("java.class.path");
    }
    return Arrays.stream(loader.getURLs())
        .map(URL::getPath)
        .collect(Collectors.joining(File.pathSeparator));
  }

  @AfterAll
  static void stop() {
    process.destroyForcibly();
  }

  private static Socket open(String begin) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
    try {
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
    } catch (SocketException e) {
      // closed by the server before all was sent
    }
    return socket;
  }

  /** Reads until the server closes the connection, and fails if it never does. */
  private static String untilClosed(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream in = socket.getInputStream()) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (SocketException e) {
      // reset, which is closed, too
    }
    return text.toString();
  }

  private static String host() {
    return "127.0.0.1:" + address.getPort();
  }

  private static String page() throws IOException {
    return untilClosed(open("GET / HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n"));
  }

  @Test
  @Order(1)
  void aSlowRequestIsCutOff() throws IOException {
    Socket get = open("GET / HTTP/1.1\r\nHost: 127");
    Socket post = open("POST /api/page HTTP/1.1\r\nHost: " + host() + "\r\nX-Slow: ");
    assertEquals("", untilClosed(get));
    assertEquals("", untilClosed(post));
    assertTrue(page().startsWith("HTTP/1.1 200"));
  }

  @Test
  @Order(2)
  void manySlowRequestsDoNotKeepOthersOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS - 2; i++) {
      slow.add(open("GET / HTTP/1.1\r\nHo"));
    }
    for (Socket each : slow) {
      assertEquals("", untilClosed(each));
    }
    assertTrue(page().startsWith("HTTP/1.1 200"));
  }

  @Test
  @Order(3)
  void moreConnectionsThanAllowedAreClosed() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      open.add(open(""));
    }
    // the last ones are closed at once, though idle ones may stay for half a minute
    for (Socket each : open.subList(CONNECTIONS + 1, open.size())) {
      assertEquals("", untilClosed(each));
    }
    for (Socket each : open) {
      each.close();
    }
    while (!page().startsWith("HTTP/1.1 200")) {
      Thread.sleep(10);
    }
  }

  @Test
  @Order(4)
  void aHeaderThatNeverEndsIsRefused() throws IOException {
    String text =
        untilClosed(open("GET / HTTP/1.1\r\nHost: " + host() + "\r\nX: " + "a".repeat(1 << 20)));
    assertTrue(text.isEmpty() || !text.startsWith("HTTP/1.1 200"), text);
  }

  @Test
  @Order(5)
  void ctrlCEndsItWhileASearchRunsAndAPageListens() throws Exception {
    assumeFalse(ignoresInterrupts(), "a process begun in the background is deaf to Ctrl-C");
    byte[] white = new byte[TinyModels.SIDE * TinyModels.SIDE];
    Arrays.fill(white, (byte) 255);
    String state =
        "{'width':32,'height':32,'levels':'%s','background':255,'ink':0,'model':{'model':'tiny','padding':null},'beside':null}"
            .formatted(Base64.getEncoder().encodeToString(white));
    String job =
        "{'state':%s,'kind':'evolution','search':{'preset':'question','seed':1,'generations':10000}}"
            .formatted(state)
            .replace('\'', '"');
    try (Socket events = open("GET /api/events HTTP/1.1\r\n" + own() + "\r\n")) {
      untilSaid(events, ": open");
      String begin = "POST /api/job HTTP/1.1\r\nContent-Length: " + job.length() + "\r\n";
      String started = untilClosed(open(begin + "Connection: close\r\n" + own() + "\r\n" + job));
      assertTrue(started.startsWith("HTTP/1.1 200"), started);
      untilSaid(events, "event: generation");
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertTrue(process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "it goes on");
      assertEquals(ExitCode.INTERRUPTED, process.exitValue());
    }
  }

  /** Whether this process was begun with SIGINT ignored, which its children inherit. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 2) != 0;
      }
    }
    return false;
  }

  /** The headers of the page's own requests. */
  private static String own() {
    return "Host: " + host() + "\r\nX-Whisker-Token: " + token + "\r\n";
  }

  private static void untilSaid(Socket socket, String word) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(word) < 0) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, text.toString());
      text.append((char) next);
    }
  }
}
