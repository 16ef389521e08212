package org.whisker.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A hub on 127.0.0.1: the file's address redirects to a store, as the real one does. */
public final class LoopbackHub implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private String sha256;
  private long linkedSize;
  private Store store = LoopbackHub::honest;
  private int resolveStatus = 302;
  private String location = "/store/blob";

  /** How the store answers a GET. */
  interface Store {
    void answer(HttpExchange exchange, byte[] content, long from) throws IOException;
  }

  public LoopbackHub(byte[] content, String sha256) throws IOException {
    this.content = content.clone();
    this.sha256 = sha256;
    this.linkedSize = content.length;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads); // an answer that hangs holds up no other
    server.createContext("/", this::handle);
    server.start();
  }

  void store(Store other) {
    store = other;
  }

  public void says(String hash, long size) {
    sha256 = hash;
    linkedSize = size;
  }

  void resolves(int status, String to) {
    resolveStatus = status;
    location = to;
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** An environment that names this hub. */
  public UnaryOperator<@Nullable String> environment() {
    return name -> "HF_ENDPOINT".equals(name) ? address() : null;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
      if (path.contains("/resolve/")) {
        resolve(exchange);
      } else if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(403, -1);
      } else {
        long from = range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-", "$1"));
        store.answer(exchange, content, from);
      }
    }
  }

  private void resolve(HttpExchange exchange) throws IOException {
    if (resolveStatus < 400) {
      exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + sha256 + "\"");
      exchange.getResponseHeaders().add("X-Linked-Size", "" + linkedSize);
      exchange.getResponseHeaders().add("Location", location);
    }
    exchange.sendResponseHeaders(resolveStatus, -1);
  }

  static void honest(HttpExchange exchange, byte[] content, long from) throws IOException {
    send(exchange, content, from, content.length);
  }

  /** Announces everything, sends up to before {@code to}. */
  static void send(HttpExchange exchange, byte[] content, long from, int to) throws IOException {
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(content, (int) from, (int) Math.max(0, to - from));
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
