package org.whisker.feature.play;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.whisker.feature.play.Guard.Refusal;

/** Records as JSON, their components by name in snake case. */
final class Json {
  private static final int BAD_REQUEST = 400;
  private static final int DEEPEST = 8;
  private static final int LONGEST_NUMBER = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * A record of a request's body.
   *
   * @throws Refusal when it is not that, without its text
   */
  static <T extends Record> T read(byte[] body, Class<T> type) throws Refusal {
    try {
      T read = MAPPER.readValue(body, type);
      if (read == null) {
        throw new Refusal(BAD_REQUEST, "the request is empty");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new Refusal(BAD_REQUEST, "the request is no " + type.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a request is answered with.
   *
   * @param type its media type
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, String type, byte[] body) {
    static final String JSON = "application/json";
    static final String PNG = "image/png";

    static Answer json(Object value) {
      return new Answer(200, JSON, Json.write(value));
    }

    record Message(String error) {}

    static Answer refused(int status, String line) {
      return new Answer(status, JSON, Json.write(new Message(line)));
    }
  }
}
