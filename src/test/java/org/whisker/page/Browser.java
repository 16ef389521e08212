package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Chromium without a window, driven by its DevTools protocol over a socket of this machine. */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** Set where a missing browser is a failure: CI installs one. */
  private static final String NEEDED = "WHISKER_NEEDS_BROWSER";

  private static final int SECONDS = 300;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** The program, if this machine has one. */
  private static Optional<Path> program() {
    for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
      for (String name : NAMES) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Starts the one of this machine with a profile in {@code folder}. Without one, tests that need
   * it are skipped, but not where it must be.
   */
  public static Browser start(Path folder) throws Exception {
    Optional<Path> program = program();
    boolean needed = System.getenv(NEEDED) != null;
    assertTrue(program.isPresent() || !needed, NEEDED + " is set, and there is no chromium");
    assumeTrue(program.isPresent(), "no chromium on the PATH: the page is not tried in a browser");
    return new Browser(program.orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  /** Starts it with a profile of its own. */
  private Browser(Path program, Path profile) throws Exception {
    this.profile = profile;
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile());
    builder.environment().put("FONTCONFIG_FILE", fonts(profile).toString());
    process = builder.start();
    Path ready = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 10 && !(Files.exists(ready) && Files.size(ready) > 0); i++) {
      Thread.sleep(100);
    }
    HttpClient http = HttpClient.newHttpClient();
    URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(ready).get(0) + "/json/new");
    HttpRequest open =
        HttpRequest.newBuilder(pages).PUT(HttpRequest.BodyPublishers.noBody()).build();
    String page = http.send(open, HttpResponse.BodyHandlers.ofString()).body();
    URI address = URI.create(JSON.readTree(page).path("webSocketDebuggerUrl").asText());
    socket =
        http.newWebSocketBuilder().buildAsync(address, new Ears()).get(SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
    call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
  }

  /** The charts' font alone: a machine needs none, and pages are laid out alike on all. */
  private static Path fonts(Path profile) throws IOException {
    Path folder = Path.of("src/main/resources/org/whisker/chart/kit").toAbsolutePath();
    return Files.writeString(
        profile.resolve("fonts.conf"),
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>"
            .formatted(folder, profile.resolve("fontcache")));
  }

  /** What the browser says, in pieces. */
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void hear(String message) {
    try {
      JsonNode node = JSON.readTree(message);
      CompletableFuture<JsonNode> answer = answers.remove(node.path("id").asInt());
      if (answer != null) {
        answer.complete(node);
      } else {
        events.add(node);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String message =
        JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode result = answer.get(SECONDS, TimeUnit.SECONDS);
    if (result.has("error")) {
      throw new IllegalStateException(method + ": " + result.path("error"));
    }
    return result.path("result");
  }

  /** Loads a page and forgets what was heard before. */
  public void load(Path page) throws Exception {
    load(page.toUri().toString());
  }

  /** Loads the page of an address and forgets what was heard before. */
  public void load(String address) throws Exception {
    events.clear();
    call("Page.navigate", Map.of("url", address));
    for (int i = 0; i < SECONDS * 20 && heard("Page.loadEventFired").isEmpty(); i++) {
      Thread.sleep(50);
    }
  }

  /** The events of that name since the page was loaded. */
  public List<JsonNode> heard(String method) {
    List<JsonNode> some = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("method").asText().equals(method)) {
        some.add(event.path("params"));
      }
    }
    return some;
  }

  /** The value of an expression in the page. */
  public JsonNode eval(String script) throws Exception {
    JsonNode result = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  public void look(int width, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** The texts of an array in the page. */
  public List<String> texts(String script) throws Exception {
    List<String> texts = new ArrayList<>();
    eval(script).forEach(node -> texts.add(node.asText()));
    return texts;
  }

  /** What went wrong since the page was loaded: exceptions, and all that the console says. */
  public List<String> complaints() {
    List<String> wrong = new ArrayList<>();
    for (String event :
        List.of("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")) {
      heard(event).forEach(e -> wrong.add(e.toString()));
    }
    return wrong;
  }

  /** Presses and releases a key, of that code in Windows. */
  public void press(String key, int code) throws Exception {
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "windowsVirtualKeyCode",
              code,
              "text",
              type.equals("keyDown") ? text : ""));
    }
  }

  /** As for somebody who asked their system for less motion. */
  public void reduceMotion() throws Exception {
    Map<String, String> motion = Map.of("name", "prefers-reduced-motion", "value", "reduce");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(motion)));
  }

  /** The whole page, however long. */
  public void screenshot(Path file) throws Exception {
    JsonNode shot =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  public byte[] pdf() throws Exception {
    JsonNode pdf = call("Page.printToPDF", Map.of("printBackground", false));
    return Base64.getDecoder().decode(pdf.path("data").asText());
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly().onExit().join();
    }
    for (String link : List.of("SingletonLock", "SingletonSocket", "SingletonCookie")) {
      Files.deleteIfExists(profile.resolve(link));
    }
  }
}
