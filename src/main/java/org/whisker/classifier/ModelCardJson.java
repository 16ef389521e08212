package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.whisker.io.JsonFile;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.network.Window.Padding;

/** Model cards as JSON text: keys in the records' order, unknown keys ignored. */
final class ModelCardJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .addModule(NetworkJson.module())
          .addModule(asText(Instant.class, Instant::parse, Instant::toString))
          .addModule(asText(Padding.class, Padding::parse, Padding::label))
          .addModule(asText(Output.class, Output::parse, Output::label))
          .build();

  private ModelCardJson() {}

  /** Values of a type as JSON strings. */
  private static <T> SimpleModule asText(
      Class<T> type, Function<String, T> parse, Function<T, String> label) {
    return new SimpleModule(type.getName())
        .addDeserializer(
            type, new StdDelegatingDeserializer<>(converter(String.class, type, parse)))
        .addSerializer(
            type, new StdDelegatingSerializer(type, converter(type, String.class, label)));
  }

  private static <A, B> Converter<A, B> converter(
      Class<A> from, Class<B> to, Function<A, B> function) {
    return new Converter<>() {
      @Override
      public B convert(A value) {
        return function.apply(value);
      }

      @Override
      public JavaType getInputType(TypeFactory types) {
        return types.constructType(from);
      }

      @Override
      public JavaType getOutputType(TypeFactory types) {
        return types.constructType(to);
      }
    };
  }

  static String write(ModelCard card) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return MAPPER.writer(printer).writeValueAsString(card) + "\n";
  }

  /**
   * @throws IOException whose message names the key that is missing or wrong, in one line
   */
  static ModelCard read(String json) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(json);
      // cards of published networks have no layers
      if (tree.get("architecture") instanceof ObjectNode architecture
          && !architecture.has("layers")) {
        architecture.putNull("layers");
      }
      ModelCard card = MAPPER.treeToValue(tree, ModelCard.class);
      if (card == null) {
        throw new IOException("it holds null instead of a model card");
      }
      return card;
    } catch (JsonMappingException e) {
      throw new IOException(explain(e), e);
    } catch (JsonProcessingException e) {
      throw new IOException("bad JSON: " + firstLine(e.getOriginalMessage()), e);
    }
  }

  private static String explain(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    String why = firstLine(problem(e));
    if (why.startsWith("Missing")) {
      return key + " is missing";
    }
    return key.isEmpty() ? why : key + ": " + why;
  }

  /** A record's own message if it rejected a value, otherwise Jackson's. */
  private static String problem(JsonMappingException e) {
    Throwable cause = e.getCause();
    String words = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    return words == null ? JsonFile.problem(e) : words;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }

  /** The layers of an imported network as JSON: one line a layer. Shapes follow from the layers. */
  static final class NetworkJson {
    private static final JsonMapper MAPPER = mapper();

    private NetworkJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface WithKind {}

    /** A layer in its place. */
    private record Line(String name, Layer layer, List<Integer> inputs) {}

    private record Lines(String name, List<Line> layers, Map<String, Integer> stages) {}

    private static JsonMapper mapper() {
      JsonMapper mapper =
          JsonMapper.builder()
              .addMixIn(Layer.class, WithKind.class)
              .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
              .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
              .build();
      List<Class<?>> kinds = new ArrayList<>(List.of(Activation.class));
      kinds.addAll(List.of(Layer.class.getDeclaredClasses()));
      kinds.addAll(List.of(Operation.class.getDeclaredClasses()));
      kinds.addAll(List.of(TokenOperation.class.getDeclaredClasses()));
      for (Class<?> kind : kinds) {
        if (Layer.class.isAssignableFrom(kind)) {
          mapper.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
        }
      }
      return mapper;
    }

    static SimpleModule module() {
      return new SimpleModule("network")
          .addSerializer(Network.class, new Writer())
          .addDeserializer(Network.class, new Reader());
    }

    private static final class Writer extends JsonSerializer<Network> {
      @Override
      public void serialize(Network network, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeStartObject();
        json.writeStringField("name", network.name());
        json.writeArrayFieldStart("layers");
        for (Node node : network.nodes()) {
          json.writeRawValue(
              MAPPER.writeValueAsString(new Line(node.name(), node.layer(), node.inputs())));
        }
        json.writeEndArray();
        json.writeObjectField("stages", network.stages());
        json.writeEndObject();
      }
    }

    private static final class Reader extends JsonDeserializer<Network> {
      @Override
      public Network deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        Lines lines = MAPPER.readValue(parser, Lines.class);
        List<Node> nodes = new ArrayList<>();
        for (Line line : lines.layers()) {
          if (line.inputs().stream().anyMatch(i -> i < 0 || i >= nodes.size())) {
            throw new IllegalArgumentException(line.name() + " reads a layer behind it");
          }
          List<FeatureShape> shapes =
              line.inputs().stream().map(i -> nodes.get(i).shape()).toList();
          nodes.add(
              new Node(line.name(), line.layer(), line.inputs(), line.layer().output(shapes)));
        }
        return new Network(lines.name(), nodes, lines.stages(), Padding.ZERO);
      }
    }
  }
}
