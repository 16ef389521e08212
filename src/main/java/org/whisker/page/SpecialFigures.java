package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.ResiduePlot;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.CsvRow;

/** Figures that one experiment alone has: rings, moved patterns, residues. */
final class SpecialFigures {
  private static final List<String> DISTANCES = List.of("roll", "translate");
  private static final int FEWEST_FOR_BAND = 4;
  private static final String EVOLVED = "evolved_delta_logit";

  /** Of earlier versions: the logit without the pixel minus that with it. */
  private static final String EVOLVED_BEFORE = "contribution";

  private final ReportFolder folder;
  private final String experiment;

  SpecialFigures(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  List<Figure> all() throws IOException {
    List<Figure> figures = new ArrayList<>();
    rings(
            "alone_delta_logit",
            "One black pixel on white",
            "Δlogit (above 0: away from cat)",
            "What one black pixel does by its distance from the border: the price that the surrogate takes off.")
        .ifPresent(figures::add);
    rings(
            EVOLVED,
            "Black pixels of the evolved images, each left out",
            "Δlogit (below 0: towards cat)",
            "What the pixels that evolution kept add, by where they lie; only where some image has a pixel. Bands: 95 % intervals over runs, from four runs on.")
        .ifPresent(figures::add);
    moves().ifPresent(figures::add);
    residues().ifPresent(figures::add);
    return figures;
  }

  private String file(String model, String name) {
    return model + "/" + experiment + "/" + name;
  }

  private Optional<Figure> rings(String column, String title, String label, String caption)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = file(model, "rings.csv");
      Optional<Line> line = ring(model, folder.rows(file), column);
      line.ifPresent(lines::add);
      csv = csv == null && line.isPresent() ? file : csv;
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Drawing drawing = Charts.profile(title, PageMaps.EDGE_RANK, label, lines, 0, "no effect");
    return Optional.of(Figure.of(drawing, title + " by edge rank", caption, csv));
  }

  private static Optional<Line> ring(String model, List<CsvRow> rows, String column)
      throws IOException {
    if (!column.equals(EVOLVED)) {
      return PageMaps.line(model, rows, column, null, null, false);
    }
    boolean earlier = !rows.isEmpty() && rows.get(0).header().contains(EVOLVED_BEFORE);
    // of two or three runs an interval would hide all others
    List<CsvRow> enough = new ArrayList<>();
    for (CsvRow row : rows) {
      if (row.optionalNumber("runs").orElse(0) >= FEWEST_FOR_BAND) {
        enough.add(row);
      }
    }
    return earlier
        ? PageMaps.line(model, enough, EVOLVED_BEFORE, "ci_low", "ci_high", false)
            .map(Line::negated)
        : PageMaps.line(model, enough, column, "ci_low", "ci_high", false);
  }

  private Optional<Figure> moves() throws IOException {
    Map<String, List<Line>> byModel = new LinkedHashMap<>();
    double low = 0;
    double high = 1e-6;
    String csv = null;
    for (String model : folder.models()) {
      String file = file(model, "move-curves.csv");
      List<CsvRow> rows = folder.rows(file);
      List<Line> lines = new ArrayList<>();
      for (String kind : DISTANCES) {
        curve(rows, kind).ifPresent(lines::add);
      }
      for (CsvRow row : rows) {
        if (!DISTANCES.contains(row.text("move"))) {
          continue;
        }
        low = Math.min(low, row.optionalNumber("ci_low").orElse(row.number("delta_logit")));
        high = Math.max(high, row.optionalNumber("ci_high").orElse(row.number("delta_logit")));
      }
      if (!lines.isEmpty()) {
        byModel.put(model, lines);
        csv = csv == null ? file : csv;
      }
    }
    return byModel.isEmpty() ? Optional.empty() : Optional.of(moves(byModel, low, high, csv));
  }

  private static Figure moves(
      Map<String, List<Line>> byModel, double low, double high, @Nullable String csv) {
    List<Panel> panels = new ArrayList<>();
    byModel.forEach(
        (model, lines) -> {
          XyPlot plot =
              new XyPlot(
                  model + ": moved by so many pixels",
                  "pixels, in any of 4 directions",
                  "Δlogit (above 0: less of a cat)");
          for (int i = 0; i < lines.size(); i++) {
            plot.line(lines.get(i), Ink.series(i), false);
          }
          double[] x = lines.get(0).x();
          plot.rule(x[0], x[x.length - 1], 0);
          plot.yRange(low - 0.04 * (high - low), high + 0.04 * (high - low));
          panels.add(new Panel(plot.svg()));
        });
    return new Figure(
        panels,
        "Change of the logit by how far a pattern is moved",
        "Evolved patterns moved as they are, all models on one scale. Roll: what leaves on one side enters on the other; translate: it is lost. Dashed at 0: where it evolved. Bands: 95 % intervals over images. Whether multiples of a stride lose less is tested in the table below.",
        csv);
  }

  private static Optional<Line> curve(List<CsvRow> rows, String kind) throws IOException {
    List<CsvRow> points = new ArrayList<>();
    for (CsvRow row : rows) {
      if (row.text("move").equals(kind)) {
        points.add(row);
      }
    }
    int n = points.size();
    if (n == 0) {
      return Optional.empty();
    }
    double[] x = new double[n];
    double[] y = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = points.get(i).number("step");
      y[i] = points.get(i).number("delta_logit");
      low[i] = Math.min(y[i], points.get(i).optionalNumber("ci_low").orElse(y[i]));
      high[i] = Math.max(y[i], points.get(i).optionalNumber("ci_high").orElse(y[i]));
    }
    return Optional.of(new Line(kind, x, y, new Band(low, high)));
  }

  private Optional<Figure> residues() throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = file(model, "residues.csv");
      Map<Long, Map<String, List<CsvRow>>> byModulus = new LinkedHashMap<>();
      for (CsvRow row : folder.rows(file)) {
        byModulus
            .computeIfAbsent(row.integer("modulus"), m -> new LinkedHashMap<>())
            .computeIfAbsent(row.text("axis"), a -> new ArrayList<>())
            .add(row);
        csv = csv == null ? file : csv;
      }
      for (Map.Entry<Long, Map<String, List<CsvRow>>> modulus : byModulus.entrySet()) {
        panels.add(ResiduePlot.of(model, modulus.getKey(), modulus.getValue()));
      }
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Density of evolved pixels by residue of x and y",
                "Evolved pixels by what is left of x and y after division; 1 is as many as by chance. Bands: 95 % intervals over runs, cut at 0. Strides would make some residues stand out.",
                csv));
  }
}
