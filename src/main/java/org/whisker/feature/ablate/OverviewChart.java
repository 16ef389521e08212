package org.whisker.feature.ablate;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.ObservationRow.ExperimentObservations;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark.Shape;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.io.Contained;

/**
 * {@code overview} of all experiments: the effects on E and the observations in {@value
 * SummaryRow#FILE}. Margins are those of the experiments' own tables.
 */
public final class OverviewChart implements FolderChart {
  private static final int PARTS_APART = 16;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path summary = folder.resolve(SummaryRow.FILE);
    if (!SummaryRow.TABLE.isIn(summary)) {
      return; // summary.csv of evolution has other columns
    }
    List<SummaryRow> rows = SummaryRow.TABLE.read(summary);
    List<ExperimentObservations> observed = new ArrayList<>();
    double margin = 0;
    for (Done done : experiments(rows)) {
      Path own = new Contained(folder).resolve(done.model() + "/" + done.experiment());
      margin = Math.max(margin, margin(own));
      observed.add(
          new ExperimentObservations(
              done.experiment(), done.model(), ObservationRow.TABLE.readIn(own)));
    }
    List<Drawing> parts = new ArrayList<>();
    EffectPlot.of(rows, margin).ifPresent(parts::add);
    ObservationPlot.of(observed).ifPresent(parts::add);
    if (!parts.isEmpty()) {
      files.write(folder, "overview", new Row(parts, PARTS_APART, true));
    }
  }

  private record Done(String model, String experiment) {}

  private static Set<Done> experiments(List<SummaryRow> rows) {
    Set<Done> experiments = new LinkedHashSet<>();
    rows.forEach(row -> experiments.add(new Done(row.model(), row.experiment())));
    return experiments;
  }

  /** The equivalence margin for a difference of E. */
  private static double margin(Path experiment) throws IOException {
    return EffectRow.TABLE.readIn(experiment).stream()
        .filter(row -> row.measure().startsWith("edge_index"))
        .mapToDouble(row -> row.margin().orElse(0))
        .max()
        .orElse(0);
  }

  /**
   * Observations of evolved images, as bars of the intervals: a separate axis for each statistic,
   * since their units differ; one row per observation and one bar per model. Observations without
   * an interval, which are of all runs together, are marks without a bar.
   *
   * @param observed observations by statistic, in the order of their first rows
   * @param models in the order of their colours
   */
  record ObservationPlot(Map<String, List<Bar>> observed, List<String> models) implements Composed {
    private static final double ROOM = 0.05;
    private static final String TITLE =
        "What the evolved images show (each statistic on its own axis)";

    record Bar(String experiment, int model, ObservationRow row) {
      private String label() {
        return experiment + ": " + row.observed() + " \u2212 " + row.against();
      }

      private LaneRow.Lane lane() {
        return interval(
            row.effect(), row.ciLow(), row.ciHigh(), row.pShaffer(), row.shownVerdict(), model);
      }
    }

    /** The plot of all observations with enough runs; empty when there are none. */
    static Optional<ObservationPlot> of(List<ExperimentObservations> experiments) {
      List<String> models =
          experiments.stream().map(ExperimentObservations::model).distinct().toList();
      Map<String, List<Bar>> observed = new LinkedHashMap<>();
      for (ExperimentObservations experiment : experiments) {
        int model = models.indexOf(experiment.model());
        for (ObservationRow row : experiment.rows()) {
          if (row.pValue().isPresent()) {
            observed
                .computeIfAbsent(row.statistic(), statistic -> new ArrayList<>())
                .add(new Bar(experiment.experiment(), model, row));
          }
        }
      }
      return observed.isEmpty()
          ? Optional.empty()
          : Optional.of(new ObservationPlot(observed, models));
    }

    /** The axis of each statistic. */
    Map<String, ValueAxis> axes() {
      Map<String, ValueAxis> axes = new LinkedHashMap<>();
      observed.forEach((statistic, bars) -> axes.put(statistic, axis(bars)));
      return axes;
    }

    /** The axis from the lowest to the highest value, including the null value and its margin. */
    private static ValueAxis axis(List<Bar> bars) {
      double margin = bars.stream().mapToDouble(bar -> bar.row.margin().orElse(0)).max().orElse(0);
      double low = -margin;
      double high = margin;
      for (Bar bar : bars) {
        low = Math.min(low, bar.row.ciLow().orElse(bar.row.effect()));
        high = Math.max(high, bar.row.ciHigh().orElse(bar.row.effect()));
      }
      double room = high > low ? ROOM * (high - low) : 1;
      return ValueAxis.linear("", low - room, high + room).withReference(0, margin);
    }

    @Override
    public Drawing drawing() {
      Map<String, ValueAxis> axes = axes();
      List<Lanes.Block> blocks = new ArrayList<>();
      observed.forEach(
          (statistic, bars) -> blocks.add(block(statistic, bars, axes.get(statistic))));
      List<Keys.Key> keys = models.size() > 1 ? Keys.ofSeries(models) : List.of();
      return new Lanes(TITLE, keys, blocks, List.of(LEGEND));
    }

    private static Lanes.Block block(String statistic, List<Bar> bars, @Nullable ValueAxis axis) {
      Map<String, List<LaneRow.Lane>> lanes = new LinkedHashMap<>();
      for (Bar bar : bars) {
        lanes.computeIfAbsent(bar.label(), label -> new ArrayList<>()).add(bar.lane());
      }
      return new Lanes.Block(axis, List.of(new Lanes.Group(statistic, EffectPlot.rows(lanes))));
    }
  }

  /**
   * Effects on E as bars of their intervals, grouped by experiment: one row per comparison and one
   * bar per model. Comparisons that involve no network are drawn once, in gray.
   *
   * @param effects on E
   * @param models in the order of their colours
   * @param margin equivalence margin for a difference of E
   */
  record EffectPlot(List<SummaryRow> effects, List<String> models, double margin)
      implements Composed {
    /** E lies between 0 and 1, so no effect on it is larger. */
    private static final double LIMIT = 1;

    private static final double ROOM = 1.05;
    private static final String EDGE_INDEX = "edge_index";
    private static final String TITLE = "Effect of each intervention on the edge index";
    private static final String AXIS = "difference of E (above 0: pixels lie nearer the centre)";

    EffectPlot {
      effects = List.copyOf(effects);
      models = List.copyOf(models);
    }

    /**
     * The plot of all comparisons by E; empty when there are none.
     *
     * @param rows the rows of the summary
     * @param margin equivalence margin for a difference of E
     */
    static Optional<EffectPlot> of(List<SummaryRow> rows, double margin) {
      List<SummaryRow> effects =
          rows.stream().filter(row -> row.measure().startsWith(EDGE_INDEX)).toList();
      List<String> models = rows.stream().map(SummaryRow::model).distinct().toList();
      return effects.isEmpty()
          ? Optional.empty()
          : Optional.of(new EffectPlot(effects, models, margin));
    }

    @Override
    public Drawing drawing() {
      Map<String, Map<String, List<LaneRow.Lane>>> byExperiment = new LinkedHashMap<>();
      for (SummaryRow row : effects) {
        List<LaneRow.Lane> lanes =
            byExperiment
                .computeIfAbsent(row.experiment(), id -> new LinkedHashMap<>())
                .computeIfAbsent(row.label(), label -> new ArrayList<>());
        if (!row.isFlat() || lanes.isEmpty()) {
          lanes.add(lane(row));
        }
      }
      List<Lanes.Group> groups = new ArrayList<>();
      byExperiment.forEach((id, comparisons) -> groups.add(new Lanes.Group(id, rows(comparisons))));
      return new Lanes(
          TITLE,
          keys(),
          List.of(new Lanes.Block(axis(), groups)),
          List.of(LEGEND + (most() > LIMIT ? "; arrow: the interval extends further" : "")));
    }

    static List<LaneRow> rows(Map<String, List<LaneRow.Lane>> lanes) {
      List<LaneRow> rows = new ArrayList<>();
      lanes.forEach((label, each) -> rows.add(new LaneRow(label, "", each)));
      return rows;
    }

    private List<Keys.Key> keys() {
      Stream<Keys.Key> none =
          effects.stream()
              .filter(SummaryRow::isFlat)
              .limit(1)
              .map(row -> new Keys.Key("without a network", color(-1)));
      return Stream.concat(Keys.ofSeries(models).stream(), none).toList();
    }

    /** The largest distance of an interval end from 0. */
    private double most() {
      return effects.stream()
          .flatMap(row -> Stream.of(row.tested().ciLow(), row.tested().ciHigh()))
          .mapToDouble(end -> Math.abs(end.orElse(0)))
          .max()
          .orElse(0);
    }

    private ValueAxis axis() {
      double limit = Math.min(LIMIT, ROOM * Math.max(2 * margin, most()));
      return ValueAxis.linear(AXIS, -limit, limit).withReference(0, margin);
    }

    private LaneRow.Lane lane(SummaryRow row) {
      int model = row.isFlat() ? -1 : models.indexOf(row.model());
      return row.tested().effect().isPresent()
          ? interval(
              row.tested().effect().getAsDouble(),
              row.tested().ciLow(),
              row.tested().ciHigh(),
              row.tested().pShaffer(),
              row.shownVerdict(),
              model)
          : words("too few images with a pixel", "", model);
    }
  }

  static final String LEGEND =
      "bar: mean, 95 % interval; shaded: equivalence margin; filled: p \u2264 0.05, corrected"
          + " within the experiment, as verdicts here are; a report corrects over all of its"
          + " hypotheses";
  private static final double ALPHA = 0.05;

  /** The colour of a model by its index; an index below 0 stands for no model. */
  static Color color(int model) {
    return model < 0 ? Ink.MUTED : Ink.series(model);
  }

  /** An estimate, drawn filled when it is significant. */
  static LaneRow.Lane interval(
      double value,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble p,
      String verdict,
      int model) {
    Shape shape = p.isPresent() && p.getAsDouble() <= ALPHA ? Shape.DISC : Shape.CIRCLE;
    LaneMark mark =
        new IntervalMark(low.orElse(value), value, high.orElse(value), color(model), shape);
    return new LaneRow.Lane(List.of(mark), verdict, color(model));
  }

  /** Text, when there is no interval. */
  static LaneRow.Lane words(String words, String verdict, int model) {
    return new LaneRow.Lane(List.of(new LaneMark.Note(words, color(model))), verdict, color(model));
  }
}
