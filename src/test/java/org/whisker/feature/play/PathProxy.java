package org.whisker.feature.play;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A proxy on this machine's loopback that serves another server below a path, as a hub's does, or
 * at another port, as an editor's forwarded one is. It answers nothing itself but what lies
 * elsewhere, and hands on what browsers send, {@code Host} included.
 */
final class PathProxy implements AutoCloseable {
  private static final int MOST_HEAD = 1 << 16;

  private final ServerSocket listening;
  private final String prefix;
  private final boolean strips;
  private volatile InetSocketAddress to = InetSocketAddress.createUnresolved("nowhere", 1);

  /**
   * Listens at a free port.
   *
   * @param prefix the path below which the server is, which ends with a slash
   * @param strips whether the server gets the path without it
   */
  PathProxy(String prefix, boolean strips) throws IOException {
    this.prefix = prefix;
    this.strips = strips;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  void to(InetSocketAddress server) {
    to = server;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        daemon(() -> handle(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void handle(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      int path = head.indexOf(' ') + 1;
      if (!head.startsWith(prefix, path)) {
        client
            .getOutputStream()
            .write("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return;
      }
      String handed =
          strips ? head.substring(0, path) + head.substring(path + prefix.length() - 1) : head;
      relay(client, handed.replaceFirst("(?mi)^Connection:.*$", "Connection: close"));
    } catch (IOException e) {
      // the browser has gone, or the server
    }
  }

  /** One request a connection: the next one has a path again. */
  private void relay(Socket client, String head) throws IOException {
    try (Socket server = new Socket(to.getAddress(), to.getPort())) {
      OutputStream out = server.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream body = client.getInputStream();
      daemon(() -> copy(body, out));
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException e) {
      // either side has closed
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
