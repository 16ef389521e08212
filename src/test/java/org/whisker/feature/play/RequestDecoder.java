package org.whisker.feature.play;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.feature.play.Guard.Refusal;
import org.whisker.job.InvalidRequestException;

/** Bodies of requests to the page's server, for fuzzers. */
public final class RequestDecoder {
  private static final List<Body> BODIES =
      List.of(
          body -> Json.read(body, Api.State.class).state(),
          body -> Json.read(body, Api.Code.class).code(),
          body -> Json.read(body, Api.Job.class).request(),
          body -> Json.read(body, Api.Blur.class));

  private RequestDecoder() {}

  private interface Body {
    Object read(byte[] body) throws Refusal;
  }

  /** Reads a body as each of the requests. */
  public static void read(Path file) throws IOException {
    byte[] body = Files.readAllBytes(file);
    for (Body each : BODIES) {
      try {
        each.read(body);
      } catch (Refusal | InvalidRequestException e) {
        // what the server answers by a status and a line
      }
    }
  }

  /** A well-formed code of a state, from which mutations start. */
  public static byte[] code(String state) {
    return "{\"code\": \"%s\"}".formatted(state).getBytes(StandardCharsets.UTF_8);
  }
}
