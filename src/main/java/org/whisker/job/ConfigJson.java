package org.whisker.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.io.JsonFile;

/**
 * Configurations as JSON: records, their components by name in snake case, optionals as values or
 * null, paths as text. What a record refuses in its constructor, its JSON is refused for.
 */
public final class ConfigJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(paths())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private ConfigJson() {}

  /** A configuration as it stands in a manifest. */
  public static JsonNode write(Record configuration) {
    return MAPPER.valueToTree(configuration);
  }

  /**
   * Reads a configuration that was written as JSON.
   *
   * @param file the file that it is from, for the message
   * @throws IOException in one line that names the file and the entry when it can't be that
   */
  public static <C extends Record> C read(JsonNode node, Class<C> type, Path file)
      throws IOException {
    if (!node.isObject()) {
      throw new IOException(file + ": configuration: there is no JSON object");
    }
    try {
      return MAPPER.treeToValue(node, type);
    } catch (ValueInstantiationException e) {
      throw new IOException(file + ": configuration" + place(e) + ": " + why(e, node, type), e);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": configuration: " + FailureMessage.oneLine(problem(e)), e);
    }
  }

  private static String why(ValueInstantiationException e, JsonNode node, Class<?> type) {
    Throwable cause = e.getCause();
    if (cause instanceof NullPointerException && e.getPath().isEmpty()) {
      return "there is no "
          + Stream.of(type.getRecordComponents())
              .map(component -> NAMES.translate(component.getName()))
              .filter(name -> !node.has(name))
              .collect(Collectors.joining(", "))
          + "; it was written by another version";
    }
    return cause == null ? e.getOriginalMessage() : String.valueOf(cause.getMessage());
  }

  private static String problem(JsonProcessingException e) {
    String problem = JsonFile.problem(e);
    return e instanceof JsonMappingException at && problem.startsWith("must be ")
        ? place(at).substring(1) + " " + problem
        : problem;
  }

  /** The place in the text at which something stands, such as {@code tasks[0].draw}. */
  private static String place(JsonMappingException e) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference each : e.getPath()) {
      String name = each.getFieldName();
      place.append(name == null ? "[" + each.getIndex() + "]" : "." + name);
    }
    return place.toString();
  }

  private static SimpleModule paths() {
    return new SimpleModule()
        .addSerializer(
            Path.class,
            new StdSerializer<>(Path.class) {
              private static final long serialVersionUID = 1;

              @Override
              public void serialize(Path path, JsonGenerator out, SerializerProvider provider)
                  throws IOException {
                out.writeString(path.toString());
              }
            })
        .addDeserializer(
            Path.class,
            new StdDeserializer<>(Path.class) {
              private static final long serialVersionUID = 1;

              @Override
              public Path deserialize(JsonParser in, DeserializationContext context)
                  throws IOException {
                return Path.of(in.getValueAsString());
              }
            });
  }
}
