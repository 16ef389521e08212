package org.whisker.feature.play;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Server-sent events: {@code event: progress} and so on, with JSON, until the page goes away. */
final class EventStream {
  /** So often a silent stream shows that it lives, by which a page that has gone is noticed. */
  private static final int SECONDS = 5;

  private EventStream() {}

  static void write(HttpExchange exchange, EventHub events) throws IOException {
    try (EventHub.Listener listener = events.listen()) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      write(out, ": open\n\n");
      while (!events.closed() && !listener.replaced()) {
        @Nullable JobEvent event = listener.next(SECONDS);
        write(out, event == null ? ": waiting\n\n" : text(event));
      }
      write(out, listener.replaced() ? "event: replaced\ndata: {}\n\n" : ": end\n\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String text(JobEvent event) {
    String json = new String(Json.write(event), StandardCharsets.UTF_8);
    return "event: %s\ndata: %s\n\n".formatted(name(event), json);
  }

  private static String name(JobEvent event) {
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
}
