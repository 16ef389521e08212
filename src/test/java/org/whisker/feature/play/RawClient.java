package org.whisker.feature.play;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends requests byte by byte, as no well-behaved client would let a test. */
final class RawClient {
  private static final int PATIENCE_MILLIS = 300_000;

  private RawClient() {}

  /** What came back: a status line and all below it. */
  record Reply(String text) {
    /** 0 when the connection was closed without an answer. */
    int status() {
      return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }
  }

  /** A request with these lines and body; the connection is closed after it. */
  static Reply send(InetSocketAddress to, List<String> lines, byte[] body) throws IOException {
    List<String> all = new ArrayList<>(lines);
    all.add("Connection: close");
    String head = String.join("\r\n", all) + "\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.connect(to, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      try {
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // the server may refuse a body before it has come; what it says can still be read
      }
      return new Reply(read(socket));
    }
  }

  private static String read(Socket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      byte[] part = new byte[8192];
      for (int n = socket.getInputStream().read(part);
          n >= 0;
          n = socket.getInputStream().read(part)) {
        all.write(part, 0, n);
      }
    } catch (IOException e) {
      // reset by the server: what came before counts
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
