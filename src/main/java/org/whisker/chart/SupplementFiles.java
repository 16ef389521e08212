package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.whisker.ablation.Supplement;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.io.CsvWriter;

/** What an experiment measured beyond its arms: a table, and a chart where it has one. */
final class SupplementFiles {
  private static final List<String> PRICES =
      List.of("quantity", "centre", "edge", "ratio", "ci_low", "ci_high", "seeds", "note");
  private static final List<String> RINGS =
      List.of(
          "u_from",
          "u_to",
          "distance_from",
          "distance_to",
          "places",
          "alone_delta_logit",
          "alone_near_neutral",
          "penalty_taken_off",
          "black_pixels_a_run",
          "runs",
          "evolved_delta_logit",
          "ci_low",
          "ci_high",
          "helping",
          "near_neutral",
          "lambda");

  private static final int FEWEST_FOR_BAND = 4;

  private SupplementFiles() {}

  /**
   * Writes it.
   *
   * @param title the model
   */
  static void write(Path folder, String title, Supplement supplement) throws IOException {
    Path table = folder.resolve(supplement.name() + ".csv");
    if (supplement instanceof Supplement.Prices prices) {
      prices(table, prices);
    } else if (supplement instanceof Supplement.Rings rings) {
      rings(table, rings);
      List<Drawing> drawings = new ArrayList<>(List.of(alone(title, rings)));
      if (rings.rows().stream().anyMatch(r -> r.contribution().isPresent())) {
        drawings.add(evolved(rings));
      }
      Drawing drawing = Row.across(8, drawings);
      drawing.writePng(folder.resolve("rings.png"));
      drawing.writeSvg(folder.resolve("rings.svg"));
    }
  }

  private static void prices(Path file, Supplement.Prices prices) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, PRICES)) {
      for (Supplement.Prices.Price r : prices.rows()) {
        csv.row(
            r.quantity(), r.centre(), r.edge(), r.ratio(), r.low(), r.high(), r.seeds(), r.note());
      }
      csv.finish();
    }
  }

  private static void rings(Path file, Supplement.Rings rings) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, RINGS)) {
      for (Supplement.Rings.Ring r : rings.rows()) {
        csv.row(
            r.where().from(),
            r.where().to(),
            r.where().nearest(),
            r.where().farthest(),
            r.where().pixels(),
            r.alone(),
            r.neutralAlone(),
            r.penalty(),
            r.pixels(),
            r.runs(),
            r.contribution(),
            r.low(),
            r.high(),
            r.helping(),
            r.neutral(),
            rings.lambda());
      }
      csv.finish();
    }
  }

  private static Drawing alone(String title, Supplement.Rings rings) {
    return Charts.profile(
        title + ": one pixel on white",
        "edge rank u (0 at the border, 1 in the centre)",
        "\u0394logit (above 0: away from cat)",
        List.of(
            line("one black pixel", rings, Supplement.Rings.Ring::alone),
            line("taken off by the surrogate", rings, Supplement.Rings.Ring::penalty)),
        0,
        "no effect");
  }

  /** Only where some image has a pixel. */
  private static Drawing evolved(Supplement.Rings rings) {
    List<Supplement.Rings.Ring> rows =
        rings.rows().stream().filter(r -> r.contribution().isPresent()).toList();
    double[] low = values(rows, r -> end(r, r.low()));
    double[] high = values(rows, r -> end(r, r.high()));
    return Charts.profile(
        "Black pixels of the evolved images, each left out",
        "edge rank u (only where an image has a pixel)",
        "\u0394logit (below 0: towards cat)",
        List.of(
            new Line(
                "mean over runs, 95 % interval from 4 runs on",
                values(rows, r -> r.where().middle()),
                values(rows, r -> r.contribution().orElseThrow()),
                new Band(low, high))),
        0,
        "no effect");
  }

  /** Of two or three runs an interval would hide all others. */
  private static double end(Supplement.Rings.Ring ring, OptionalDouble end) {
    double mean = ring.contribution().orElseThrow();
    return ring.runs() < FEWEST_FOR_BAND ? mean : end.orElse(mean);
  }

  private static Line line(
      String name, Supplement.Rings rings, ToDoubleFunction<Supplement.Rings.Ring> value) {
    return new Line(
        name, values(rings.rows(), r -> r.where().middle()), values(rings.rows(), value));
  }

  private static double[] values(
      List<Supplement.Rings.Ring> rows, ToDoubleFunction<Supplement.Rings.Ring> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
