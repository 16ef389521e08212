package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.chart.kit.Composed;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.lane.LaneRow;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.ValueAxis;

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
   * @param rows of the summary
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
        List.of(
            EffectLanes.LEGEND + (most() > LIMIT ? "; arrow: the interval extends further" : "")));
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
            .map(row -> new Keys.Key("without a network", EffectLanes.color(-1)));
    return Stream.concat(Keys.ofSeries(models).stream(), none).toList();
  }

  /** The largest distance of an interval end from 0. */
  private double most() {
    return effects.stream()
        .flatMap(row -> Stream.of(row.ciLow(), row.ciHigh()))
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
    return row.effect().isPresent()
        ? EffectLanes.interval(
            row.effect().getAsDouble(),
            row.ciLow(),
            row.ciHigh(),
            row.pHolm(),
            row.shownVerdict(),
            model)
        : EffectLanes.words("too few images with a pixel", "", model);
  }
}
