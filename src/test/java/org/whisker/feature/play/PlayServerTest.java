package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.cli.TinyModels;
import org.whisker.feature.play.Guard.Token;
import org.whisker.feature.play.RawClient.Reply;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.job.input.PictureSize;

/** What others could try, and what the page itself asks for. */
class PlayServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] NOTHING = {};

  private final SumModels models = new SumModels();
  private final Token token = Token.random(new SecureRandom());
  private PlayServer server;
  private String host;

  @BeforeEach
  void start() throws IOException {
    server = PlayServer.start(models, Pictures.state(), token, 0, reach());
    host = reach().host().orElse("127.0.0.1:" + server.address().getPort());
  }

  /** Where the page is found; in a subclass behind a proxy, where all of this holds as well. */
  Reach reach() {
    return Reach.here();
  }

  private Reply raw(List<String> lines, byte[] body) throws IOException {
    List<String> sent = new ArrayList<>(lines);
    // a path on this server lies below the base path
    String base = reach().basePath();
    sent.set(0, lines.get(0).replaceFirst("^([A-Z]+) /", "$1 " + base));
    return RawClient.send(server.address(), sent, body);
  }

  @AfterEach
  void stop() {
    server.close();
    assertEquals(0, models.open(), "models left open");
  }

  private Reply send(List<String> lines) throws IOException {
    return raw(lines, NOTHING);
  }

  private Reply post(String path, byte[] body, String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: " + host));
    lines.add("Origin: " + reach().origin().orElse("http://" + host));
    lines.add("X-Whisker-Token: " + token.text());
    lines.add("Content-Length: " + body.length);
    lines.addAll(List.of(more));
    return raw(lines, body);
  }

  private JsonNode asked(String path, JsonNode body) throws IOException {
    Reply reply = post(path, JSON.writeValueAsBytes(body));
    assertEquals(200, reply.status(), reply.text());
    return JSON.readTree(reply.body());
  }

  private static ObjectNode stateJson(int... pixels) throws IOException {
    return (ObjectNode) JSON.readTree(Json.write(Api.State.of(Pictures.state(pixels))));
  }

  // --- what others could try

  @Test
  void itListensToThisMachineAlone() throws IOException {
    assertTrue(server.address().getAddress().isLoopbackAddress());
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThrows(IOException.class, () -> connect(address).close(), address.toString());
        }
      }
    }
    connect(server.address().getAddress()).close();
  }

  private Socket connect(InetAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, server.address().getPort()), 5_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** DNS rebinding: a foreign name that leads here is sent as the host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:PORT",
        "localhost:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:PORT",
        "evil.example@127.0.0.1:PORT",
        "127.0.0.1:PORT@evil.example",
        "[::1]:PORT",
        "0.0.0.0:PORT",
        "127.1:PORT"
      })
  void anotherHostIsRefused(String name) throws IOException {
    String other = name.replace("PORT", Integer.toString(server.address().getPort()));
    for (String path : List.of("/", "/api/page")) {
      Reply reply =
          send(
              List.of(
                  "GET " + path + " HTTP/1.1",
                  "Host: " + other,
                  "X-Whisker-Token: " + token.text()));
      assertNotEquals(200, reply.status(), reply.text());
      assertFalse(reply.text().contains("<html"), reply.text());
    }
  }

  @Test
  void noHostAndTwoHostsAndAnAbsoluteAddressAreRefused() throws IOException {
    assertNotEquals(200, send(List.of("GET / HTTP/1.1")).status());
    assertNotEquals(
        200, send(List.of("GET / HTTP/1.1", "Host: " + host, "Host: evil.example")).status());
    assertNotEquals(
        200, send(List.of("GET http://evil.example/ HTTP/1.1", "Host: " + host)).status());
    assertEquals(200, send(List.of("GET / HTTP/1.1", "Host: " + host)).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "https://127.0.0.1:PORT",
        "http://127.0.0.1",
        "http://127.0.0.1:PORT.evil.example",
        "http://localhost:PORT",
        ""
      })
  void anotherOriginIsRefused(String origin) throws IOException {
    String other = origin.replace("PORT", Integer.toString(server.address().getPort()));
    Reply reply =
        send(
            List.of(
                "POST /api/page HTTP/1.1",
                "Host: " + host,
                "Origin: " + other,
                "X-Whisker-Token: " + token.text(),
                "Content-Length: 0"));
    assertEquals(403, reply.status(), reply.text());
  }

  @Test
  void aScriptOfAnotherSiteIsRefusedAndMayNotAskForMore() throws IOException {
    assertEquals(403, post("/api/page", NOTHING, "Sec-Fetch-Site: cross-site").status());
    assertEquals(403, post("/api/page", NOTHING, "Sec-Fetch-Site: same-site").status());
    Reply preflight =
        send(
            List.of(
                "OPTIONS /api/page HTTP/1.1",
                "Host: " + host,
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-whisker-token"));
    assertEquals(403, preflight.status());
    assertFalse(preflight.text().toLowerCase(Locale.ROOT).contains("access-control"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/page",
    "POST,/api/score",
    "POST,/api/fit",
    "POST,/api/blur",
    "POST,/api/png",
    "POST,/api/code",
    "POST,/api/open",
    "POST,/api/job",
    "POST,/api/stop",
    "POST,/api/photo",
    "POST,/api/photo-score",
    "GET,/api/events"
  })
  void nothingIsDoneWithoutTheToken(String method, String path) throws IOException {
    String changed = (token.text().charAt(0) == 'A' ? "B" : "A") + token.text().substring(1);
    for (String header :
        List.of(
            "X-Other: 1",
            "X-Whisker-Token:",
            "X-Whisker-Token: " + changed,
            "X-Whisker-Token: " + token.text().substring(1),
            "X-Whisker-Token: " + token.text() + "\r\nX-Whisker-Token: " + token.text(),
            "Cookie: token=" + token.text(),
            "Authorization: Bearer " + token.text())) {
      Reply reply =
          send(
              List.of(
                  method + " " + path + "?token=" + token.text() + " HTTP/1.1",
                  "Host: " + host,
                  header,
                  "Content-Length: 0"));
      assertEquals(401, reply.status(), header);
    }
    assertEquals(0, models.scored());
  }

  @Test
  void aTokenHas256BitsAndIsNotInThePage() throws IOException {
    assertEquals(32, Base64.getUrlDecoder().decode(token.text()).length);
    assertNotEquals(token.text(), Token.random(new SecureRandom()).text());
    assertFalse(token.toString().contains(token.text()));
    assertTrue(server.link().endsWith("#token=" + token.text()));
    String page = send(List.of("GET / HTTP/1.1", "Host: " + host)).text();
    assertFalse(page.contains(token.text()));
    assertFalse(page.toLowerCase(Locale.ROOT).contains("set-cookie"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/api/../../pom.xml",
        "/main.js%00.html",
        "/./main.js",
        "/org/whisker/feature/play/main.js",
        "/models/vgg16-mini/model.json"
      })
  void noPathLeadsToAFile(String path) throws IOException {
    Reply reply = send(List.of("GET " + path + " HTTP/1.1", "Host: " + host));
    assertNotEquals(200, reply.status(), reply.text());
    assertFalse(reply.text().contains("root:"), reply.text());
  }

  @Test
  void aModelIsChosenByItsNameNotByAPath() throws IOException {
    ObjectNode state = stateJson(1);
    ((ObjectNode) state.get("model")).put("model", "../../models/vgg16-mini");
    Reply reply = post("/api/score", JSON.writeValueAsBytes(state));
    assertEquals(400, reply.status(), reply.text());
    assertEquals(
        400,
        post("/api/photo?model=..%2F..%2Fmodels%2Fvgg16-mini", ImageFiles.png(Pictures.black()))
            .status());
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws IOException {
    byte[] little = new byte[1000];
    Reply said =
        send(
            List.of(
                "POST /api/score HTTP/1.1",
                "Host: " + host,
                "X-Whisker-Token: " + token.text(),
                "Content-Length: 4000000000"));
    assertTrue(said.status() == 413 || said.status() == 400, said.text());
    Reply negative =
        send(
            List.of(
                "POST /api/score HTTP/1.1",
                "Host: " + host,
                "X-Whisker-Token: " + token.text(),
                "Content-Length: -1"));
    assertNotEquals(200, negative.status(), negative.text());
    assertEquals(413, chunked(9 << 20).status(), "of unknown length");
    assertEquals(400, post("/api/score", little).status(), "still answers");
  }

  private Reply chunked(int bytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    for (int sent = 0; sent < bytes; sent += chunk.length) {
      body.writeBytes("10000\r\n".getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(chunk);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return raw(
        List.of(
            "POST /api/score HTTP/1.1",
            "Host: " + host,
            "X-Whisker-Token: " + token.text(),
            "Transfer-Encoding: chunked"),
        body.toByteArray());
  }

  @Test
  void whatIsNoRequestIsRefusedInOneLine() throws IOException {
    List<String> bodies =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"width\":16}",
            "[".repeat(100_000),
            stateJson(1).put("more", 1).toString(),
            stateJson(1).put("width", 17).toString(),
            stateJson(1).put("width", -16).put("height", -12).toString(),
            stateJson(1).put("background", 0).toString(),
            stateJson(1).put("ink", 1e300).toString(),
            stateJson(1).put("levels", "??").toString(),
            stateJson(1).set("model", JSON.nullNode()).toString(),
            stateJson(1) + " trailing");
    for (String body : bodies) {
      Reply reply = post("/api/score", body.getBytes(StandardCharsets.UTF_8));
      assertEquals(400, reply.status(), body.substring(0, Math.min(80, body.length())));
      String error = JSON.readTree(reply.body()).path("error").asText();
      assertFalse(error.isEmpty() || error.contains("\n") || error.contains("Exception"), error);
    }
  }

  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() throws IOException {
    for (Reply reply :
        List.of(
            send(List.of("GET / HTTP/1.1", "Host: " + host)),
            send(List.of("GET /nothing HTTP/1.1", "Host: " + host)),
            post("/api/page", NOTHING))) {
      String text = reply.text();
      assertTrue(text.contains("default-src 'none'; script-src 'self'; style-src 'self'"), text);
      assertFalse(text.contains("unsafe-"), text);
      assertTrue(text.contains("frame-ancestors 'none'"), text);
      assertTrue(text.contains("nosniff") && text.contains("no-store"), text);
      assertFalse(text.contains("Access-Control"), text);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,/api/score", "PUT,/api/score", "DELETE,/", "POST,/", "POST,/api/events"})
  void otherMethodsAreRefused(String method, String path) throws IOException {
    Reply reply =
        send(
            List.of(
                method + " " + path + " HTTP/1.1",
                "Host: " + host,
                "X-Whisker-Token: " + token.text(),
                "Content-Length: 0"));
    assertEquals(405, reply.status(), reply.text());
  }

  @Test
  void theOldestStreamsEndForNewOnes() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < PlayServer.STREAMS + 2; i++) {
        open.add(stream());
      }
      for (Socket oldest : open.subList(0, 2)) {
        String rest = new String(oldest.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(rest.contains("event: replaced"), rest);
      }
      assertEquals(PlayServer.STREAMS, server.streams());
      assertEquals(200, post("/api/page", NOTHING).status(), "others are still answered");
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** Opens a stream of events and waits until it has begun. */
  private Socket stream() throws IOException {
    Socket socket = connect(server.address().getAddress());
    String request =
        "GET /api/events HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nX-Whisker-Token: %s\r\n\r\n"
            .formatted(host, token.text());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder();
    while (text.indexOf(": open") < 0) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, text.toString());
      text.append((char) next);
    }
    return socket;
  }

  @Test
  void scoresThatAreOutdatedAreDropped() throws Exception {
    try (SumModels.Gate gate = models.hold()) {
      CompletableFuture<Reply> first = later(1);
      while (models.scored() == 0) {
        Thread.sleep(10);
      }
      List<CompletableFuture<Reply>> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        others.add(later(i));
      }
      List<CompletableFuture<Reply>> dropped = new ArrayList<>(others);
      while (dropped.stream().filter(CompletableFuture::isDone).count() < 5) {
        Thread.sleep(10);
      }
      gate.open();
      assertEquals(200, first.get().status());
      long answered = 0;
      for (CompletableFuture<Reply> each : others) {
        int status = each.get().status();
        assertTrue(status == 200 || status == 409, "status " + status);
        answered += status == 200 ? 1 : 0;
      }
      assertEquals(1, answered, "all but the last are dropped");
    }
    assertEquals(3, models.scored(), "the empty canvas and two images");
  }

  private CompletableFuture<Reply> later(int pixel) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return post("/api/score", JSON.writeValueAsBytes(stateJson(pixel)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        work -> new Thread(work).start());
  }

  @Test
  void aTakenPortIsSaid() {
    int port = server.address().getPort();
    IOException why =
        assertThrows(
            IOException.class,
            () -> PlayServer.start(models, Pictures.state(), token, port, reach()).close());
    assertTrue(String.valueOf(why.getMessage()).contains("--port"), why.toString());
  }

  // --- what the page asks for

  @Test
  void thePageBeginsWithModelsAndAState() throws IOException {
    JsonNode start = asked("/api/page", JSON.createObjectNode());
    assertEquals("sum", start.at("/models/0/name").asText());
    assertEquals("zero", start.at("/models/0/padding").asText());
    assertEquals("cat", start.at("/models/0/target").asText());
    assertEquals(1, start.at("/models/0/planes").asInt());
    assertEquals(257, start.path("colors").size());
    assertEquals(16, start.at("/state/width").asInt());
  }

  @Test
  void aScoreIsThatOfTheModel() throws IOException {
    JsonNode scores = asked("/api/score", stateJson(3, 40));
    assertEquals(
        SumModels.logit(Pictures.black(3, 40)), scores.at("/first/logit").asDouble(), 1e-6);
    assertEquals(2, scores.at("/placed/pixels").asInt());
    assertTrue(scores.path("beside").isNull());
  }

  @Test
  void aPictureGoesOutAsPngAndComesInAsPhoto(@TempDir Path folder) throws Exception {
    ImageFiles.writePng(folder.resolve("p.png"), Pictures.black(3, 40));
    byte[] file = Files.readAllBytes(folder.resolve("p.png"));
    JsonNode read = JSON.readTree(post("/api/photo?model=sum", file).body());
    assertEquals(stateJson(3, 40).path("levels"), read.path("levels"));
    Reply png = post("/api/png", JSON.writeValueAsBytes(stateJson(3, 40)));
    assertEquals(200, png.status());
    assertTrue(png.text().contains("image/png"));
    assertEquals(
        400, post("/api/photo?model=sum", "no image".getBytes(StandardCharsets.UTF_8)).status());
  }

  @Test
  void aPhotoIsScoredAtTheValuesOfItsFile() throws Exception {
    // larger than the model's picture: what it is resized to is no whole gray level
    GrayImage photo = TinyModels.picture(60, 45, 0.4, 3);
    JsonNode score =
        JSON.readTree(post("/api/photo-score?model=sum", ImageFiles.png(photo)).body());
    Raster fitted =
        PictureSize.fitted(ImageFiles.read("photo", ImageFiles.png(photo), 1), SumModels.CANVAS);
    assertEquals(SumModels.logit(fitted), score.path("logit").asDouble(), 1e-6);
    GrayImage other = GrayImage.of(BlackPixels.of(new Canvas(20, 20), 1, 2));
    Reply two = post("/api/photo-score?model=sum", ImageFiles.png(other));
    assertEquals(400, two.status());
    assertTrue(two.text().contains("the file has single pixels in two grays"), two.text());
  }

  @Test
  void aLinkComesBackAsTheState() throws IOException {
    JsonNode shared = asked("/api/code", stateJson(3, 40));
    String command = shared.at("/commands/0/command").asText();
    assertTrue(command.startsWith("./whisker play sum --state "), command);
    JsonNode again =
        asked("/api/open", JSON.createObjectNode().put("code", shared.path("code").asText()));
    assertEquals(stateJson(3, 40), again);
    assertEquals(
        400,
        post("/api/open", "{\"code\":\"/etc/passwd\"}".getBytes(StandardCharsets.UTF_8)).status());
  }

  @Test
  void aLinkIsOfAModelThatCanBeChosen() throws IOException {
    ObjectNode state = stateJson(3);
    for (String place : List.of("model", "beside")) {
      ObjectNode other = JSON.createObjectNode().put("model", "x".repeat(100_000));
      ObjectNode changed = state.deepCopy();
      changed.set(place, other.putNull("padding"));
      byte[] body = changed.toString().getBytes(StandardCharsets.UTF_8);
      assertEquals(400, post("/api/code", body).status());
    }
  }

  @Test
  void aLinkKeepsColours() throws IOException {
    ObjectNode state = stateJson(3, 40);
    byte[] levels = new byte[3 * SumModels.CANVAS.pixels()];
    levels[7] = 9;
    state.put("levels", levels).put("background", "#ff8000").put("ink", "128");
    JsonNode shared = asked("/api/code", state);
    JsonNode again =
        asked("/api/open", JSON.createObjectNode().put("code", shared.path("code").asText()));
    assertEquals(state.path("levels").asText(), again.path("levels").asText());
    assertEquals("#ff8000", again.path("background").asText());
    assertEquals("128", again.path("ink").asText());
    String maps = shared.at("/commands/3/command").asText();
    assertTrue(maps.endsWith(" --fill '#ff8000'"), maps);
  }

  @Test
  void aJobReportsByServerSentEvents() throws IOException {
    try (Socket socket = stream()) {
      ObjectNode job = JSON.createObjectNode().put("kind", "probe");
      job.set("state", stateJson(3));
      job.set(
          "search",
          JSON.createObjectNode().put("preset", "quick").put("seed", 1).put("generations", 3));
      JsonNode started = asked("/api/job", job);
      StringBuilder text = new StringBuilder();
      while (text.indexOf("event: ended") < 0) {
        int next = socket.getInputStream().read();
        assertTrue(next >= 0, text.toString());
        text.append((char) next);
      }
      assertTrue(text.indexOf("event: map") >= 0);
      assertTrue(text.indexOf("\"job\":" + started.path("job").asLong()) >= 0);
    }
  }

  @Test
  @Timeout(300)
  void halfSentHeadsHoldNobodyUp() throws IOException {
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket half = new Socket(server.address().getAddress(), server.address().getPort());
        halves.add(half);
        half.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
        half.getOutputStream().flush();
      }
      long from = System.nanoTime();
      assertEquals(200, send(List.of("GET / HTTP/1.1", "Host: " + host)).status());
      assertTrue(System.nanoTime() - from < 9_000_000_000L, "it waited for the halves to end");
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }
}
