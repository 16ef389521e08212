package org.whisker.saliency.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.stats.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code curves.csv}: the classifier's output after a number of pixels have been removed
 * (deletion) or restored (insertion) in the map's order. The central 95 % of random orders lie
 * between low and high. The logit is of not-cat.
 */
public record CurveRow(
    String image,
    String method,
    Kind curve,
    @Column(unit = "px", meaning = "number of pixels changed") int pixels,
    @Column(unit = "share", meaning = "share of the pixels that can be changed") double share,
    @Column(unit = "logit") double logit,
    @Column(unit = "logit") double logitRandomLow,
    @Column(unit = "logit") double logitRandomHigh,
    @Column(unit = "probability") double pCat,
    @Column(value = "p_cat_random_low", unit = "probability") double catRandomLow,
    @Column(value = "p_cat_random_high", unit = "probability") double catRandomHigh,
    @Column(unit = "logit", meaning = "mean logit for the orders of the map under toroidal shifts")
        OptionalDouble logitRolledMean) {
  static final Table<CurveRow> TABLE = Table.of(CurveRow.class);

  /** Whether pixels are removed or restored. */
  public enum Kind {
    DELETION,
    INSERTION
  }

  static List<CurveRow> of(TestedMap tested) {
    List<CurveRow> rows = new ArrayList<>();
    tested
        .faithfulness()
        .causal()
        .ifPresent(
            causal -> {
              add(rows, tested.map(), Kind.DELETION, causal.deletion());
              add(rows, tested.map(), Kind.INSERTION, causal.insertion());
            });
    return rows;
  }

  private static void add(List<CurveRow> rows, ExplainedMap map, Kind kind, CausalCurve curve) {
    List<Double> rolled = curve.logit().rolledMeans();
    for (int i = 0; i < curve.pixels().size(); i++) {
      Interval logit = curve.logit().random().get(i);
      Interval cat = curve.cat().random().get(i);
      rows.add(
          new CurveRow(
              map.picture().name(),
              map.method(),
              kind,
              curve.pixels().get(i),
              curve.share(i),
              curve.logit().values().get(i),
              logit.low(),
              logit.high(),
              curve.cat().values().get(i),
              cat.low(),
              cat.high(),
              rolled.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(rolled.get(i))));
    }
  }
}
