package org.whisker.study.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
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
    Window.@Nullable Axis y = window == null ? null : window.rows();
    Window.@Nullable Axis x = window == null ? null : window.columns();
    FeatureShape shape = node.shape();
    return new LayerRow(
        node.name(),
        kind(node.layer()),
        inputs,
        y == null ? null : y.kernel(),
        x == null ? null : x.kernel(),
        y == null ? null : y.stride(),
        y == null ? null : y.before(),
        x == null ? null : x.before(),
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
        field.columns().first(),
        x == null ? null : x.stride(),
        y == null ? null : y.dilation(),
        x == null ? null : x.dilation(),
        y == null ? null : y.after(),
        x == null ? null : x.after(),
        node.layer() instanceof Layer.Conv conv ? conv.groups() : null);
  }

  /** {@code BatchNorm} is "batch norm"; an activation is called by its function. */
  private static String kind(Layer layer) {
    if (layer instanceof Activation activation) {
      return activation.label();
    }
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
