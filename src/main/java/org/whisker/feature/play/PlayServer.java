package org.whisker.feature.play;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.whisker.feature.play.Guard.Refusal;
import org.whisker.feature.play.Guard.Token;
import org.whisker.feature.play.JobDesk.JobEvent;
import org.whisker.feature.play.Json.Answer;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.value.Text;

/**
 * Serves the page, on the loopback address alone. Whatever comes passes the {@link Guard} before
 * anything is done for it, and no path that a request names is opened.
 */
public final class PlayServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVENTS = "/api/events";
  private static final String PHOTO = "/api/photo";
  private static final String PHOTO_SCORE = "/api/photo-score";
  private static final String MODEL = "model=";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Guard guard;
  private final Reach reach;
  private final Map<String, String> headers;
  private final StaticPage files;
  private final EventHub events = new EventHub(STREAMS);
  private final ScoreDesk scores;
  private final JobDesk jobs;
  private final Api api;
  private final Token token;

  private PlayServer(
      HttpServer server, PlayModels models, PlayState first, Token token, Reach reach)
      throws IOException {
    this.server = server;
    this.token = token;
    this.reach = reach;
    this.headers = SafeHeaders.of(reach);
    this.guard = new Guard(LOOPBACK + ":" + server.getAddress().getPort(), reach, token);
    this.files = StaticPage.read();
    this.scores = new ScoreDesk(models, System::nanoTime);
    this.jobs = new JobDesk(models, events::publish, System::nanoTime);
    this.api = new Api(models, first, scores, jobs);
    this.threads = threads();
    server.createContext("/", this::handle);
    server.setExecutor(threads);
  }

  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        THREADS,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "page-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Starts to serve.
   *
   * @param first what a page begins with
   * @param port 0 for a free one
   * @param reach where a browser finds the page
   * @throws IOException when the port is taken
   */
  static PlayServer start(PlayModels models, PlayState first, Token token, int port, Reach reach)
      throws IOException {
    applyLimits();
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (BindException e) {
      throw new IOException(Text.of("port %d is taken; leave --port out for a free one", port), e);
    }
    PlayServer page = new PlayServer(server, models, first, token, reach);
    server.start();
    return page;
  }

  /** The address and port that it listens at. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The page's address without its key. */
  public String url() {
    return reach.origin().orElse("http://" + guard.authority()) + reach.basePath();
  }

  /** The page's address with its key, to be opened in a browser of this machine. */
  public String link() {
    return url() + "#token=" + token.text();
  }

  /** How many pages listen for events. */
  int streams() {
    return events.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      headers.forEach(exchange.getResponseHeaders()::set);
      try {
        route(exchange);
      } catch (Refusal e) {
        // what is left of a body that is too long is not read
        exchange.getResponseHeaders().set("Connection", "close");
        send(exchange, Answer.refused(e.status(), e.line()));
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, Refusal {
    String path = reach.inner(exchange.getRequestURI().getRawPath());
    if (path.equals(EVENTS)) {
      guard.data(exchange);
      method(exchange, "GET");
      writeEvent(exchange, events);
    } else if (path.equals(PHOTO) || path.equals(PHOTO_SCORE)) {
      guard.data(exchange);
      method(exchange, "POST");
      String model = model(exchange);
      byte[] file = body(exchange, PHOTO_BYTES);
      send(exchange, path.equals(PHOTO) ? api.photo(model, file) : api.photoScore(model, file));
    } else if (api.knows(path)) {
      guard.data(exchange);
      method(exchange, "POST");
      send(exchange, api.answer(path, body(exchange, api.mostBytes())));
    } else {
      guard.page(exchange);
      method(exchange, "GET");
      send(exchange, files.at(path).orElseThrow(() -> new Refusal(404, "there is no such page")));
    }
  }

  private static void method(HttpExchange exchange, String only) throws Refusal {
    if (!exchange.getRequestMethod().equals(only)) {
      exchange.getResponseHeaders().set("Allow", only);
      throw new Refusal(405, "this takes " + only + " alone");
    }
  }

  private static String model(HttpExchange exchange) throws Refusal {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null || !query.startsWith(MODEL) || query.contains("&")) {
      throw new Refusal(400, "a photo is sent for one model");
    }
    return URLDecoder.decode(query.substring(MODEL.length()), StandardCharsets.UTF_8);
  }

  /** The whole body; one that says or turns out to be longer is refused. */
  private static byte[] body(HttpExchange exchange, int most) throws IOException, Refusal {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean absurd = length != null && !length.matches("[0-9]{1,9}");
    if (absurd || (length != null && Integer.parseInt(length) > most)) {
      throw tooLong(most);
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(most + 1);
    if (body.length > most) {
      throw tooLong(most);
    }
    return body;
  }

  private static Refusal tooLong(int most) {
    return new Refusal(413, Text.of("at most %.1f MiB are taken", most / (double) (1 << 20)));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    boolean headOnly = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), headOnly ? -1 : answer.body().length);
    if (!headOnly) {
      exchange.getResponseBody().write(answer.body());
      // Java 25 keeps it back, and drops it where a request that was refused is not read to its end
      exchange.getResponseBody().flush();
    }
  }

  /** Ends streams and jobs, stops to listen, and closes all models. */
  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
    jobs.close();
    scores.close();
  }

  /**
   * Headers of every answer: the page loads nothing from elsewhere, and no other page holds it but
   * those that were named.
   */
  private static final class SafeHeaders {
    private static final String POLICY = "Content-Security-Policy";
    private static final Map<String, String> ALL =
        Map.of(
            POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                + "require-trusted-types-for 'script'; frame-ancestors ",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    static Map<String, String> of(Reach reach) {
      Map<String, String> headers = new HashMap<>(ALL);
      headers.computeIfPresent(POLICY, (name, policy) -> policy + reach.frameAncestors());
      if (reach.embed().isEmpty()) {
        headers.put("X-Frame-Options", "DENY"); // it can't name who may
      }
      return headers;
    }
  }

  /**
   * Threads that answer, one a connection: a stream of events holds one, and so does whoever sends
   * half a head and waits. They end when they have nothing to do.
   */
  static final int THREADS = 256;

  /** Streams of events: pages that are open at the same time. */
  static final int STREAMS = 4;

  /** A photo's file. */
  static final int PHOTO_BYTES = 32 << 20;

  private static final Map<String, String> JDK =
      Map.of(
          "jdk.httpserver.maxConnections", String.valueOf(THREADS),
          "sun.net.httpserver.maxIdleConnections", "32",
          // seconds until a request must have come in, its body included
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // otherwise small answers wait for each other
          "sun.net.httpserver.nodelay", "true");

  /**
   * Limits of the JDK's server, which knows them as system properties alone and reads them once,
   * when the first server of the process is made. What is set already is kept.
   */
  static void applyLimits() {
    JDK.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
  }

  /**
   * Interval at which a silent stream shows that it lives, by which a page that has gone is
   * noticed.
   */
  private static final int SECONDS = 5;

  /** Server-sent events: {@code event: progress} and so on, with JSON, until the page goes away. */
  static void writeEvent(HttpExchange exchange, EventHub events) throws IOException {
    try (EventHub.Listener listener = events.listen()) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      writeEvent(out, ": open\n\n");
      while (!events.closed() && !listener.replaced()) {
        @Nullable JobEvent event = listener.next(SECONDS);
        writeEvent(out, event == null ? ": waiting\n\n" : eventText(event));
      }
      writeEvent(out, listener.replaced() ? "event: replaced\ndata: {}\n\n" : ": end\n\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void writeEvent(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String eventText(JobEvent event) {
    String json = new String(Json.write(event), StandardCharsets.UTF_8);
    return "event: %s\ndata: %s\n\n".formatted(eventName(event), json);
  }

  private static String eventName(JobEvent event) {
    if (event instanceof JobEvent.Progress) {
      return "progress";
    }
    if (event instanceof JobEvent.MapDone) {
      return "map";
    }
    if (event instanceof JobEvent.ShiftsDone) {
      return "shifts";
    }
    if (event instanceof JobEvent.Generation) {
      return "generation";
    }
    return event instanceof JobEvent.Ended ? "ended" : "failed";
  }

  /**
   * The files of the page, read once from whisker itself. A request names one of them or nothing:
   * its path is looked up, never opened.
   */
  private record StaticPage(Map<String, Answer> answers) {
    private static final String FOLDER = "/org/whisker/feature/play/";
    private static final String INDEX = "index.html";
    private static final List<String> FILES =
        List.of(
            INDEX,
            "play.css",
            "icon.svg",
            "main.js",
            "api.js",
            "jobs.js",
            "picture.js",
            "canvas.js",
            "tools.js",
            "words.js",
            "examples.js",
            "score.js",
            "maps.js",
            "shifts.js",
            "evolution.js",
            "share.js",
            "chart.js");

    static StaticPage read() throws IOException {
      Map<String, Answer> answers = new HashMap<>();
      for (String file : FILES) {
        try (InputStream in = StaticPage.class.getResourceAsStream(FOLDER + file)) {
          if (in == null) {
            throw new FileNotFoundException(FOLDER + file + " is not in this build of whisker");
          }
          answers.put("/" + file, new Answer(200, type(file), in.readAllBytes()));
        }
      }
      answers.put("/", answers.remove("/" + INDEX));
      // asked for before the page is read
      answers.put("/favicon.ico", Objects.requireNonNull(answers.get("/icon.svg")));
      return new StaticPage(Map.copyOf(answers));
    }

    private static String type(String file) {
      String ending = file.substring(file.lastIndexOf('.') + 1);
      return switch (ending) {
        case "html" -> "text/html; charset=utf-8";
        case "css" -> "text/css; charset=utf-8";
        case "svg" -> "image/svg+xml";
        default -> "text/javascript; charset=utf-8";
      };
    }

    Optional<Answer> at(String path) {
      return Optional.ofNullable(answers.get(path));
    }
  }
}
