package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.MoveTables.MoveRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/**
 * The loss when a pattern is moved: by distance, by scale, and by other transformations.
 *
 * @param curves all moves
 * @param gain gain of the evolved images over the empty canvas, in logits; empty when it is not
 *     drawn
 */
public record MovePlots(List<MoveCurveRow> curves, OptionalDouble gain) {
  private static final int GAP = 8;
  private static final double ALPHA = 0.05;
  private static final String DELTA = "Δlogit (above 0: away from the target)";
  private static final List<String> BY_DISTANCE = List.of("roll", "translate");
  private static final String BY_SCALE = "shrink";
  private static final double ROOM = 0.04;

  public MovePlots {
    curves = List.copyOf(curves);
  }

  /** The range of values of an axis. */
  public record Range(double low, double high) {
    /** Returns this range with a margin at both ends. */
    public Range wider() {
      double room = ROOM * (high - low);
      return new Range(low - room, high + room);
    }

    /** The union of both ranges. */
    public Range with(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
  }

  /** Whether a row is of a move by some pixels. */
  public static boolean isByDistance(MoveCurveRow row) {
    return BY_DISTANCE.contains(row.move());
  }

  /** The range of the rows' values, including 0. */
  public static Range range(List<MoveCurveRow> rows) {
    double low = 0;
    double high = 1e-6;
    for (MoveCurveRow row : rows) {
      low = Math.min(low, row.ciLow().orElse(row.deltaLogit()));
      high = Math.max(high, row.ciHigh().orElse(row.deltaLogit()));
    }
    return new Range(low, high);
  }

  /** Loss against distance in pixels; empty without such a move. */
  public Optional<Drawing> distances(String title, Range range) {
    Map<String, List<MoveCurveRow>> kinds = new LinkedHashMap<>();
    for (String kind : BY_DISTANCE) {
      List<MoveCurveRow> rows = of(kind);
      if (!rows.isEmpty()) {
        kinds.put(kind, rows);
      }
    }
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(plot(title, "pixels, in any of 4 directions", kinds, 0, false, range));
  }

  /** Loss against the scale of shrinking towards the centre; empty without such a move. */
  Optional<Drawing> scales(Range range) {
    List<MoveCurveRow> rows = of(BY_SCALE);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            plot(
                "Shrunk towards the centre",
                "scale (1: original size)",
                Map.of(BY_SCALE, rows),
                BY_DISTANCE.size(),
                true,
                range));
  }

  private List<MoveCurveRow> of(String kind) {
    return curves.stream().filter(row -> row.move().equals(kind)).toList();
  }

  private Drawing plot(
      String title,
      String label,
      Map<String, List<MoveCurveRow>> kinds,
      int color,
      boolean markers,
      Range range) {
    XyPlot plot = new XyPlot(title, label, DELTA);
    int next = color;
    for (Map.Entry<String, List<MoveCurveRow>> kind : kinds.entrySet()) {
      List<MoveCurveRow> rows = kind.getValue();
      String name = kind.getKey() + every(rows);
      plot.line(line(name, rows), Ink.series(next++), markers || !name.equals(kind.getKey()));
    }
    List<MoveCurveRow> any = kinds.values().iterator().next();
    double first = any.get(0).step();
    double last = any.get(any.size() - 1).step();
    if (gain.isPresent()) {
      plot.reference("nothing drawn", first, gain.getAsDouble(), last, gain.getAsDouble());
    }
    plot.rule(first, last, 0);
    plot.yRange(range.low(), range.high());
    return plot;
  }

  /**
   * Note that a move was looked at in larger steps alone: its marks then stand where it was
   * measured.
   */
  private static String every(List<MoveCurveRow> rows) {
    double step = rows.size() < 2 ? 1 : rows.get(1).step() - rows.get(0).step();
    return step <= 1 ? "" : " (every " + Decimals.rounded(step, 3) + " pixels)";
  }

  private static Line line(String kind, List<MoveCurveRow> rows) {
    return new Line(
        kind,
        rows.stream().mapToDouble(MoveCurveRow::step).toArray(),
        rows.stream().mapToDouble(MoveCurveRow::deltaLogit).toArray(),
        new Band(
            rows.stream()
                .mapToDouble(r -> Math.min(r.deltaLogit(), r.ciLow().orElse(r.deltaLogit())))
                .toArray(),
            rows.stream()
                .mapToDouble(r -> Math.max(r.deltaLogit(), r.ciHigh().orElse(r.deltaLogit())))
                .toArray()));
  }

  /**
   * Loss by the other transformations, one dot per image; empty without such a move.
   *
   * @param images images one row per image and move
   */
  Optional<Drawing> others(List<MoveRow> images) {
    Map<String, Arm> byMove = new LinkedHashMap<>();
    for (MoveCurveRow row : curves) {
      if (!isByDistance(row) && !row.move().equals(BY_SCALE)) {
        byMove.computeIfAbsent(row.move(), move -> arm(row, images));
      }
    }
    List<Arm> arms = List.copyOf(byMove.values());
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StripPlot(
                "Other transformations", DELTA, arms, 0, "original image", "95 % interval"));
  }

  private static Arm arm(MoveCurveRow row, List<MoveRow> images) {
    Map<Integer, List<Double>> byImage = new LinkedHashMap<>();
    images.stream()
        .filter(image -> image.move().equals(row.move()))
        .forEach(
            i -> byImage.computeIfAbsent(i.image(), n -> new ArrayList<>()).add(i.deltaLogit()));
    double[] dots =
        byImage.values().stream()
            .mapToDouble(d -> d.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
            .toArray();
    double mean = row.deltaLogit();
    return dots.length == 0
        ? Arm.none(name(row.move()))
        : new Arm(
            name(row.move()),
            dots,
            mean,
            Math.min(mean, row.ciLow().orElse(mean)),
            Math.max(mean, row.ciHigh().orElse(mean)));
  }

  private static String name(String kind) {
    return switch (kind) {
      case "mirror" -> "mirrored";
      case "invert" -> "edge and centre swapped";
      case "scatter" -> "scattered (20 draws)";
      default -> kind;
    };
  }

  /** {@code moves} of an experiment that moves its evolved images. */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    List<MoveCurveRow> curves = MoveCurveRow.TABLE.readIn(folder);
    List<MoveRow> images = MoveRow.TABLE.readIn(folder);
    if (!curves.isEmpty() && !images.isEmpty()) {
      List<StrideComb> combs = StrideComb.TABLE.readIn(folder);
      Drawing drawing = drawing(curves, images);
      List<String> captions = captions(ExperimentTitle.of(folder), combs);
      files.write(folder, "moves", new Captioned(drawing, captions));
    }
  }

  private static Drawing drawing(List<MoveCurveRow> curves, List<MoveRow> images) {
    OptionalDouble gain = gain(curves);
    MovePlots plots = new MovePlots(curves, gain);
    MovePlots.Range range = range(curves);
    if (gain.isPresent()) {
      range = range.with(new Range(gain.getAsDouble(), gain.getAsDouble()));
    }
    List<Drawing> beside = new ArrayList<>();
    plots.distances("Moved by a distance in pixels", range.wider()).ifPresent(beside::add);
    plots.scales(range.wider()).ifPresent(beside::add);
    List<Drawing> rows = new ArrayList<>();
    if (!beside.isEmpty()) {
      rows.add(Row.across(GAP, beside));
    }
    plots.others(images).ifPresent(rows::add);
    return new Row(rows, GAP, true);
  }

  /**
   * The images' gain over the empty canvas, which follows from the share that each row states as
   * lost.
   */
  private static OptionalDouble gain(List<MoveCurveRow> curves) {
    return curves.stream()
        .filter(row -> row.deltaLogit() != 0 && Double.isFinite(row.shareLost()))
        .mapToDouble(row -> row.deltaLogit() / row.shareLost())
        .findFirst();
  }

  private static List<String> captions(ExperimentTitle title, List<StrideComb> combs) {
    List<String> lines = new ArrayList<>();
    lines.add(title + ": mean over evolved images, 95 % interval");
    lines.add(
        "roll: pixels re-enter on the opposite side; translate: they are lost; 0: original"
            + " position; dashed: the empty canvas");
    told(combs).ifPresent(lines::add);
    return lines;
  }

  /**
   * The smallest stride with a significant difference: its multiples include those of the larger
   * ones.
   */
  private static Optional<String> told(List<StrideComb> combs) {
    return combs.stream()
        .filter(comb -> comb.difference().isPresent() && comb.pHolm().orElse(1) <= ALPHA)
        .findFirst()
        .map(comb -> told(comb, comb.difference().getAsDouble()));
  }

  private static String told(StrideComb comb, double difference) {
    return Text.of(
        "rolled by multiples of %d, %s logits %s than one pixel beside (p %s)",
        comb.modulus(),
        Decimals.fixed(Math.abs(difference), 3),
        difference < 0 ? "less lost" : "more lost",
        Decimals.fixed(comb.pHolm().orElse(1), 3));
  }
}
