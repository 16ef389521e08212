package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.io.Decimals;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.FaithfulnessTables.RandomisationRow;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.table.Table;

/** Charts of the faithfulness tests of the maps of one image. */
final class FaithfulnessFigures {
  private static final int WIDE = 300;
  private static final int HIGH = 210;
  private static final int ACROSS = 2;
  private static final double ALPHA = 0.05;

  private FaithfulnessFigures() {}

  /**
   * The charts {@code deletion-insertion}, {@code randomisation} and {@code agreement}, by file
   * name; without those that have no data.
   *
   * @param maps maps of one image; at least one
   * @param tables tables restricted to that image
   */
  static Map<String, Drawing> charts(List<FolderMap> maps, FaithfulnessTables tables) {
    String picture = maps.get(0).picture().name();
    Map<String, Drawing> charts = new LinkedHashMap<>();
    if (!tables.curves().isEmpty()) {
      charts.put("deletion-insertion", curves(picture, tables));
    }
    if (!tables.randomisation().isEmpty()) {
      charts.put("randomisation", randomisation(picture, tables.randomisation()));
    }
    if (!tables.agreement().isEmpty()) {
      charts.put("agreement", agreement(picture, maps, tables));
    }
    return charts;
  }

  private static Drawing curves(String picture, FaithfulnessTables tables) {
    List<Drawing> pairs = new ArrayList<>();
    for (FaithfulnessRow map : tables.maps()) {
      List<FaithfulnessTables.CurveRow> own =
          tables.curves().stream().filter(row -> row.method().equals(map.method())).toList();
      if (!own.isEmpty()) {
        pairs.add(
            Row.across(
                0,
                List.of(
                    curve(
                        map.method() + ": deletion",
                        map.deletion(),
                        of(own, FaithfulnessTables.CurveRow.Kind.DELETION)),
                    curve(
                        "insertion",
                        map.insertion(),
                        of(own, FaithfulnessTables.CurveRow.Kind.INSERTION)))));
      }
    }
    return new Captioned(
        Row.lines(ACROSS, 16, 4, pairs),
        List.of(
            picture
                + ": the logit against the target (below 0 is the target) by the share of pixels taken away, or"
                + " put back, in the map's order.",
            "Blue: the map. Orange: mean under toroidal shifts of the map, to which p refers. Gray:"
                + " 95 % of random orders.",
            "The curve of a faithful map rises above both in deletion and falls below both in"
                + " insertion."));
  }

  /** The null distribution from shifted maps or, where there are none, from random orders. */
  private static String p(FaithfulnessRow.Causal of) {
    return Decimals.probability(of.rolled().map(RolledNull::p).orElse(of.p()));
  }

  private static List<FaithfulnessTables.CurveRow> of(
      List<FaithfulnessTables.CurveRow> rows, FaithfulnessTables.CurveRow.Kind kind) {
    return rows.stream().filter(row -> row.curve() == kind).toList();
  }

  private static XyPlot curve(
      String title, FaithfulnessRow.@Nullable Causal of, List<FaithfulnessTables.CurveRow> rows) {
    double[] share = rows.stream().mapToDouble(FaithfulnessTables.CurveRow::share).toArray();
    double[] low = rows.stream().mapToDouble(FaithfulnessTables.CurveRow::logitRandomLow).toArray();
    double[] high =
        rows.stream().mapToDouble(FaithfulnessTables.CurveRow::logitRandomHigh).toArray();
    double[] middle =
        rows.stream().mapToDouble(r -> (r.logitRandomLow() + r.logitRandomHigh()) / 2).toArray();
    String p = of == null ? "" : ", p = " + p(of);
    XyPlot plot = new XyPlot(title + p, "share of pixels", "logit", WIDE, HIGH);
    plot.line(new Line("random", share, middle, new Band(low, high)), Ink.MUTED, false);
    double[] rolled =
        rows.stream().mapToDouble(r -> r.logitRolledMean().orElse(Double.NaN)).toArray();
    if (!Double.isNaN(rolled[0])) {
      plot.line(new Line("shifted", share, rolled), Ink.series(1), false);
    }
    plot.line(
        new Line(
            "map", share, rows.stream().mapToDouble(FaithfulnessTables.CurveRow::logit).toArray()),
        Ink.series(0),
        false);
    plot.xRange(0, 1);
    plot.hideLegend();
    return plot;
  }

  private static Drawing randomisation(String picture, List<RandomisationRow> rows) {
    Map<String, List<RandomisationRow>> methods = Table.by(rows, RandomisationRow::method);
    List<RandomisationRow> first = methods.values().iterator().next();
    return new MatrixPlot(
        picture + ": maps of networks whose layers are randomised from the logit down",
        names(methods.keySet()),
        first.stream().map(row -> new Grid.Name(row.lastLayer(), "down to here")).toList(),
        methods.values().stream()
            .map(of -> of.stream().map(FaithfulnessFigures::cell).toList())
            .toList(),
        ColorMap.RATIO,
        List.of(
            "Spearman's ρ of |value| with the trained network's map (small: of the signed values);"
                + " pixels that are 0 in both do not count.",
            "A map that stays alike (green) does not show what the network has learned.",
            "Framed: more similar in place than under toroidal shifts (p at most 0.05)."));
  }

  private static MatrixPlot.Cell cell(RandomisationRow row) {
    boolean alike = row.rolled().filter(rolled -> rolled.p() <= ALPHA).isPresent();
    return cell(row.rhoAbsolute(), row.rhoSigned(), alike);
  }

  private static Drawing agreement(
      String picture, List<FolderMap> maps, FaithfulnessTables tables) {
    List<String> methods = maps.stream().map(FolderMap::method).toList();
    List<List<MatrixPlot.Cell>> cells = new ArrayList<>();
    for (FolderMap map : maps) {
      cells.add(methods.stream().map(other -> cell(map, other, tables.agreement())).toList());
    }
    return new MatrixPlot(
        picture + ": do methods point at the same pixels?",
        names(methods),
        names(methods),
        cells,
        ColorMap.RATIO,
        List.of(
            "Spearman's ρ of |value| (small: of the signed values, where they can be compared).",
            "Green: alike; pale: unrelated; purple: opposite. Pixels that are 0 in both do not"
                + " count."));
  }

  private static List<Grid.Name> names(Collection<String> methods) {
    return methods.stream().map(method -> new Grid.Name(method, "")).toList();
  }

  private static MatrixPlot.Cell cell(
      FolderMap map, String other, List<FaithfulnessTables.AgreementRow> rows) {
    if (map.method().equals(other)) {
      return cell(itself(map.map().hasStrengthOrder()), itself(map.map().hasOrder()));
    }
    return rows.stream()
        .filter(row -> row.isOf(map.method(), other))
        .findFirst()
        .map(row -> cell(row.rhoAbsolute(), row.rhoSigned()))
        .orElseGet(() -> cell(OptionalDouble.empty(), OptionalDouble.empty()));
  }

  /** A map agrees perfectly with itself if its pixels can be ranked. */
  private static OptionalDouble itself(boolean order) {
    return order ? OptionalDouble.of(1) : OptionalDouble.empty();
  }

  private static MatrixPlot.Cell cell(OptionalDouble absolute, OptionalDouble signed) {
    return cell(absolute, signed, false);
  }

  private static MatrixPlot.Cell cell(
      OptionalDouble absolute, OptionalDouble signed, boolean framed) {
    double place = absolute.isPresent() ? 0.5 + absolute.getAsDouble() / 2 : 0.5;
    return new MatrixPlot.Cell(
        Math.min(1, Math.max(0, place)), text(absolute), "signed " + text(signed), framed);
  }

  private static String text(OptionalDouble rho) {
    return rho.isPresent() ? Decimals.fixed(rho.getAsDouble(), 2) : "–";
  }
}
