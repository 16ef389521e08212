package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.cli.shared.TextTable;
import org.whisker.io.CsvWriter;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Parameter;
import org.whisker.network.ReceptiveField;
import org.whisker.network.Window;

/** The layers of a network with all that its graph says of them, as text and as CSV. */
final class LayerTable {
  private static final List<String> HEADER =
      List.of(
          "LAYER",
          "KIND",
          "OUTPUT",
          "PARAMETERS",
          "MULTIPLY-ADDS",
          "FIELD",
          "JUMP",
          "FIRST CENTRE");
  private static final int FIRST_NUMBER = 3;
  private static final List<String> COLUMNS =
      List.of(
          "layer",
          "kind",
          "inputs",
          "kernel_height",
          "kernel_width",
          "stride",
          "pad_rows",
          "pad_columns",
          "channels",
          "height",
          "width",
          "parameters",
          "multiply_adds",
          "field_height",
          "field_width",
          "jump_y",
          "jump_x",
          "first_centre_y",
          "first_centre_x");

  private final Network network;
  private final List<ReceptiveField> fields;

  LayerTable(Network network) {
    this.network = network;
    this.fields = ReceptiveField.of(network);
  }

  /**
   * A row a layer.
   *
   * @param all with batch norm, ReLU and dropout, which see what the layer before them sees
   */
  String text(boolean all) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < network.nodes().size(); i++) {
      if (all || !isPointwise(network.nodes().get(i).layer())) {
        rows.add(row(network.nodes().get(i), fields.get(i)));
      }
    }
    return TextTable.of(rightAligned(rows));
  }

  private static boolean isPointwise(Layer layer) {
    return layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Relu
        || layer instanceof Layer.Dropout;
  }

  private static List<String> row(Node node, ReceptiveField field) {
    ReceptiveField.Axis y = field.rows();
    ReceptiveField.Axis x = field.columns();
    return List.of(
        node.name(),
        kind(node.layer()) + Window.of(node.layer()).map(LayerTable::window).orElse(""),
        node.shape().toString(),
        count(parameters(node)),
        count(node.multiplyAdds()),
        pair(count(y.size()), count(x.size())),
        node.shape().height() * node.shape().width() == 1
            ? "-" // no next unit to jump to
            : pair(number(y.jump()), number(x.jump())),
        pair(number(y.first()), number(x.first())));
  }

  /** {@code BatchNorm} is "batch norm". */
  private static String kind(Layer layer) {
    String name = layer.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String window(Window w) {
    String stride = w.stride() == 1 ? "" : " stride " + w.stride();
    String pad = w.padded() ? " pad " + pair("" + w.padRows(), "" + w.padColumns()) : "";
    return " " + w.height() + "x" + w.width() + stride + pad;
  }

  /** One number where both directions agree, else height x width. */
  private static String pair(String y, String x) {
    return y.equals(x) ? x : y + "x" + x;
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  private static long parameters(Node node) {
    return node.parameters().stream()
        .filter(p -> p.role().trained())
        .mapToLong(Parameter::size)
        .sum();
  }

  private static List<List<String>> rightAligned(List<List<String>> rows) {
    List<List<String>> aligned = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row.subList(0, FIRST_NUMBER));
      for (int c = FIRST_NUMBER; c < row.size(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        cells.add(" ".repeat(width - row.get(c).length()) + row.get(c));
      }
      aligned.add(cells);
    }
    return aligned;
  }

  /** Writes every layer; inputs are the names of the layers that it reads. */
  void write(Path file) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, COLUMNS)) {
      for (int i = 0; i < network.nodes().size(); i++) {
        write(csv, network.nodes().get(i), fields.get(i));
      }
      csv.finish();
    }
  }

  private void write(CsvWriter csv, Node node, ReceptiveField field) throws IOException {
    List<String> inputs = node.inputs().stream().map(i -> network.nodes().get(i).name()).toList();
    Optional<Window> window = Window.of(node.layer());
    FeatureShape shape = node.shape();
    csv.row(
        node.name(),
        kind(node.layer()),
        String.join(" ", inputs),
        window.map(Window::height).orElse(null),
        window.map(Window::width).orElse(null),
        window.map(Window::stride).orElse(null),
        window.map(Window::padRows).orElse(null),
        window.map(Window::padColumns).orElse(null),
        shape.channels(),
        shape.height(),
        shape.width(),
        parameters(node),
        node.multiplyAdds(),
        field.rows().size(),
        field.columns().size(),
        shape.height() == 1 ? null : field.rows().jump(),
        shape.width() == 1 ? null : field.columns().jump(),
        field.rows().first(),
        field.columns().first());
  }
}
