package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.command.TextTable;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Padding;

/** The foveation of a network under several paddings, as text: edge against centre. */
final class FoveationText {
  private static final List<String> HEADER =
      List.of(
          "PADDING",
          "BORDER",
          "OUTER 10 %",
          "INNER 10 %",
          "LEAST",
          "MOST",
          "WITHOUT A PATH",
          "MEAN PATHS A PIXEL");

  private FoveationText() {}

  /** A line a padding. */
  static String of(Network network, int layer, List<PaddingFoveation> foveation) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    foveation.forEach(each -> rows.add(words(row(each), network.padding())));
    Node node = network.nodes().get(layer);
    return "Paths from a pixel to "
        + node.name()
        + " ("
        + node.shape()
        + "), over their mean; the border is the outermost ring of pixels:\n"
        + TextTable.of(rows);
  }

  static PathCountRow row(PaddingFoveation foveation) {
    return new PathCountRow(
        foveation.padding().label(),
        foveation.border(),
        foveation.outer(),
        foveation.inner(),
        foveation.range().getMin(),
        foveation.range().getMax(),
        Math.toIntExact(foveation.pixelsWithoutPath()),
        foveation.foveation().log10MeanPaths());
  }

  private static List<String> words(PathCountRow row, Padding own) {
    return List.of(
        row.padding() + (row.padding().equals(own.label()) ? " (its own)" : ""),
        number(row.border()),
        number(row.outer()),
        number(row.inner()),
        number(row.least()),
        number(row.most()),
        row.withoutPath() + " px",
        power(row.log10Mean()));
  }

  private static String number(double value) {
    boolean tiny = value > 0 && value < 0.001;
    return value == 0 ? "0" : String.format(Locale.ROOT, tiny ? "%.1e" : "%.3f", value);
  }

  /** A number of which only the logarithm may fit into a double. */
  private static String power(double log10) {
    double whole = Math.floor(log10);
    return String.format(Locale.ROOT, "%.2fe%.0f", Math.pow(10, log10 - whole), whole);
  }
}
