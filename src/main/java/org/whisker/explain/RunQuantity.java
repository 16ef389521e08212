package org.whisker.explain;

import org.whisker.ablation.Measure;

/** The quantities of a run in a comparison of models. */
enum RunQuantity {
  EDGE_INDEX("edge index", "E of final images, ½ is chance", Measure.EDGE_INDEX),
  CAT_PROBABILITY("p(cat)", "of the final image", Measure.P_CAT),
  PIXELS("black pixels", "of the final image", Measure.PIXELS),
  EVALUATIONS(
      "images to the target",
      "scored until p(cat) reached the target, or all of a run's",
      Measure.EVALUATIONS);

  private final String label;
  private final String unit;
  private final Measure measure;

  RunQuantity(String label, String unit, Measure measure) {
    this.label = label;
    this.unit = unit;
    this.measure = measure;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  Measure measure() {
    return measure;
  }
}
