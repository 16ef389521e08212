package org.whisker.feature.ablate;

import java.awt.Color;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.lane.IntervalMark;
import org.whisker.chart.kit.lane.IntervalMark.Shape;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.LaneRow;

/**
 * Lanes for effects and observations: one lane per model, in its colour, with the verdict at the
 * right.
 */
final class EffectLanes {
  static final String LEGEND =
      "bar: mean, 95 % interval; shaded: equivalence margin; filled: p \u2264 0.05, corrected";
  private static final double ALPHA = 0.05;

  private EffectLanes() {}

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
