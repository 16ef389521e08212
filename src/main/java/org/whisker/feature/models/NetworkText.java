package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.command.TextTable;
import org.whisker.network.Activation;
import org.whisker.network.Network;
import org.whisker.saliency.EffectiveReceptiveField;

/** What is known of a network, as text. */
final class NetworkText {
  private static final List<String> LAYERS =
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
  // these see what the layer before them sees
  private static final Set<String> POINTWISE = Set.of("batch norm", "dropout");

  private NetworkText() {}

  /**
   * A row a layer.
   *
   * @param all with batch norm, activations and dropout
   */
  static String layers(List<LayerRow> layers, boolean all) {
    List<List<String>> rows = new ArrayList<>(List.of(LAYERS));
    layers.stream()
        .filter(layer -> all || !pointwise(layer.kind()))
        .forEach(layer -> rows.add(row(layer)));
    return TextTable.of(rightAligned(rows));
  }

  private static boolean pointwise(String kind) {
    return POINTWISE.contains(kind)
        || Stream.of(Activation.Kind.values())
            .anyMatch(k -> kind.equals(k.label()) || kind.startsWith(k.label() + " "));
  }

  private static List<String> row(LayerRow layer) {
    return List.of(
        layer.layer(),
        layer.kind() + kernel(layer),
        "%dx%dx%d".formatted(layer.channels(), layer.height(), layer.width()),
        count(layer.parameters()),
        count(layer.multiplyAdds()),
        pair(count(layer.fieldHeight()), count(layer.fieldWidth())),
        pair(jump(layer.jumpY()), jump(layer.jumpX())),
        pair(number(layer.firstCentreY()), number(layer.firstCentreX())));
  }

  private static String kernel(LayerRow layer) {
    Integer height = layer.kernelHeight();
    if (height == null) {
      return "";
    }
    return " %dx%d".formatted(height, layer.kernelWidth())
        + unless("1", " stride ", pair("" + layer.stride(), "" + layer.strideX()))
        + unless("1", " dilation ", pair("" + layer.dilationY(), "" + layer.dilationX()))
        + unless(
            "0",
            " pad ",
            pair(
                pads(layer.padRows(), layer.padBottom()),
                pads(layer.padColumns(), layer.padRight())))
        + groups(layer);
  }

  private static String groups(LayerRow layer) {
    Integer groups = layer.groups();
    if (groups == null || groups == 1) {
      return "";
    }
    return groups == layer.channels() ? " depthwise" : " groups " + groups;
  }

  private static String unless(String usual, String word, String value) {
    return value.equals(usual) ? "" : word + value;
  }

  /** One number where both sides agree, else before+after. */
  private static String pads(@Nullable Integer before, @Nullable Integer after) {
    return Objects.equals(before, after) ? "" + before : before + "+" + after;
  }

  private static String jump(@Nullable Double jump) {
    return jump == null ? "-" : number(jump);
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

  static String totals(Network network) {
    return TextTable.of(
        List.of(
            List.of("input", network.input().toString()),
            List.of("output", network.output().shape().toString()),
            List.of("layers", Integer.toString(network.nodes().size())),
            List.of("parameters", count(network.trainedSize())),
            List.of("multiply-adds", count(network.multiplyAdds()) + " an image")));
  }

  /** The sizes of effective receptive fields, by their weights. */
  static String fields(Map<String, EffectiveReceptiveField> fields) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("EFFECTIVE RECEPTIVE FIELD", "95.45 % WITHIN", "OVER THE THEORETICAL"));
    fields.forEach(
        (weights, field) ->
            rows.add(
                List.of(
                    weights + " weights",
                    String.format(
                        Locale.ROOT,
                        "%.0f px",
                        2 * field.radius(EffectiveReceptiveField.TWO_SIGMA)),
                    String.format(Locale.ROOT, "%.2f", field.shareOfTheory()))));
    return TextTable.of(rows);
  }
}
