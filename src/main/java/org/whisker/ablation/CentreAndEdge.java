package org.whisker.ablation;

import java.util.List;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/** The centre and edge regions of the experiments: a quarter of the canvas area each. */
public final class CentreAndEdge {
  private static final double CENTRE = 0.5;
  // (1 − 2 · 0.067)² is ¾
  private static final double EDGE = 0.067;

  private CentreAndEdge() {}

  public static Region centre(Canvas canvas) {
    return Region.center(canvas, CENTRE);
  }

  public static Region edge(Canvas canvas) {
    return Region.edge(canvas, EDGE);
  }

  /**
   * The options with pixels restricted to a region for these generations, including the founders.
   */
  public static EvolutionOptions heldTo(EvolutionOptions options, Region region, int generations) {
    return options.withRegions(
        new RegionSchedule(List.of(new RegionSchedule.Span(region, 0, generations))));
  }
}
