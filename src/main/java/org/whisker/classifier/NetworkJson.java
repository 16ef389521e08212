package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.network.Activation;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Padding;

/** The layers of an imported network as JSON: one line a layer. Shapes follow from the layers. */
final class NetworkJson {
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
        List<FeatureShape> shapes = line.inputs().stream().map(i -> nodes.get(i).shape()).toList();
        nodes.add(new Node(line.name(), line.layer(), line.inputs(), line.layer().output(shapes)));
      }
      return new Network(lines.name(), nodes, lines.stages(), Padding.ZERO);
    }
  }
}
