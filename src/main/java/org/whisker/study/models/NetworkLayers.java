package org.whisker.study.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Parameter;
import org.whisker.network.ReceptiveField;
import org.whisker.network.Window;
import org.whisker.table.model.LayerRow;

/** The layers of a network as a table. */
final class NetworkLayers {
  private NetworkLayers() {}

  /** A row a layer, in the order of the graph. */
  static List<LayerRow> of(Network network) {
    List<ReceptiveField> fields = ReceptiveField.of(network);
    List<LayerRow> rows = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Node node = network.nodes().get(i);
      String inputs =
          node.inputs().stream()
              .map(input -> network.nodes().get(input).name())
              .collect(Collectors.joining(" "));
      rows.add(row(node, inputs, fields.get(i)));
    }
    return rows;
  }

  private static LayerRow row(Node node, String inputs, ReceptiveField field) {
    @Nullable Window window = Window.of(node.layer()).orElse(null);
    FeatureShape shape = node.shape();
    return new LayerRow(
        node.name(),
        kind(node.layer()),
        inputs,
        window == null ? null : window.height(),
        window == null ? null : window.width(),
        window == null ? null : window.stride(),
        window == null ? null : window.padRows(),
        window == null ? null : window.padColumns(),
        shape.channels(),
        shape.height(),
        shape.width(),
        parameters(node),
        node.multiplyAdds(),
        field.rows().size(),
        field.columns().size(),
        // without a next unit there is no jump
        shape.height() == 1 ? null : field.rows().jump(),
        shape.width() == 1 ? null : field.columns().jump(),
        field.rows().first(),
        field.columns().first());
  }

  /** {@code BatchNorm} is "batch norm". */
  private static String kind(Layer layer) {
    String name = layer.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static long parameters(Node node) {
    return node.parameters().stream()
        .filter(p -> p.role().trained())
        .mapToLong(Parameter::size)
        .sum();
  }
}
