package org.whisker.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Publishes builds of libtorch on 127.0.0.1, as DJL does: a list of files, and each compressed. */
public final class LoopbackPublisher implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = Collections.synchronizedMap(new TreeMap<>());
  private final Map<String, byte[]> listed = Collections.synchronizedMap(new TreeMap<>());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String cut = "";

  public LoopbackPublisher() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Publishes a library; its name is encoded, as in an address. */
  public void put(String path, byte[] library) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(library);
    }
    files.put(path + ".gz", bytes.toByteArray());
    listed.put(path + ".gz", bytes.toByteArray());
  }

  void remove(String path) {
    files.remove(path + ".gz");
  }

  /** Of files whose path holds this, only half is sent. */
  void cut(String part) {
    cut = part;
  }

  void mend() {
    cut = "";
  }

  long requests(String part) {
    return requests.stream().filter(path -> path.contains(part)).count();
  }

  /** An environment that names this publisher. */
  public UnaryOperator<@Nullable String> environment() {
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/pytorch";
    return name -> LibtorchDownload.MIRROR.equals(name) ? address : null;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath().replaceFirst("^/pytorch/2\\.7\\.1/", "");
      requests.add(path);
      byte[] bytes =
          path.equals("files.txt")
              ? String.join("\n", listed.keySet()).getBytes(StandardCharsets.UTF_8)
              : files.get(path);
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, bytes.length);
      boolean half = !cut.isEmpty() && path.contains(cut);
      exchange.getResponseBody().write(bytes, 0, half ? bytes.length / 2 : bytes.length);
      // Java 25 keeps what is short, its head too, and a client asks again where it got nothing
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
