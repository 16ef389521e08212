package org.whisker.feature.play;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page, on the loopback address alone. Whatever comes passes the {@link Guard} before
 * anything is done for it, and no path that a request names is opened.
 */
public final class PlayServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVENTS = "/api/events";
  private static final String PHOTO = "/api/photo";
  private static final String MODEL = "model=";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Guard guard;
  private final StaticPage files;
  private final EventHub events = new EventHub(ServerLimits.STREAMS);
  private final ScoreDesk scores;
  private final JobDesk jobs;
  private final Api api;
  private final Token token;

  private PlayServer(HttpServer server, PlayModels models, PlayState first, Token token)
      throws IOException {
    this.server = server;
    this.token = token;
    this.guard = new Guard(LOOPBACK + ":" + server.getAddress().getPort(), token);
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
        ServerLimits.THREADS,
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
   * @throws IOException when the port is taken
   */
  public static PlayServer start(PlayModels models, PlayState first, Token token, int port)
      throws IOException {
    ServerLimits.apply();
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (BindException e) {
      throw new IOException("port %d is taken; leave --port out for a free one".formatted(port), e);
    }
    PlayServer page = new PlayServer(server, models, first, token);
    server.start();
    return page;
  }

  /** The address and port that it listens at. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** The page's address without its key. */
  public String url() {
    return "http://" + guard.authority() + "/";
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
      SafeHeaders.set(exchange.getResponseHeaders());
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
    String path = exchange.getRequestURI().getPath();
    if (path.equals(EVENTS)) {
      guard.data(exchange);
      method(exchange, "GET");
      EventStream.write(exchange, events);
    } else if (path.equals(PHOTO)) {
      guard.data(exchange);
      method(exchange, "POST");
      send(exchange, api.photo(model(exchange), body(exchange, ServerLimits.PHOTO_BYTES)));
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
    return new Refusal(413, "at most %.1f MiB are taken".formatted(most / (double) (1 << 20)));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    boolean headOnly = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), headOnly ? -1 : answer.body().length);
    if (!headOnly) {
      exchange.getResponseBody().write(answer.body());
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
}
