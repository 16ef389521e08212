package org.whisker.feature.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.chart.kit.Scale;
import org.whisker.explain.Answer;
import org.whisker.image.BlackPixels;
import org.whisker.page.Report.FirstScreen;
import org.whisker.page.Section.Figure;

/**
 * The first screen of a report: a card for each model, figures, and the verdicts as a grid.
 *
 * @param limits what was planned to end in a time, and what that can't decide; often empty
 */
record Overview(List<Card> cards, List<Figure> figures, VerdictGrid grid, List<String> limits)
    implements FirstScreen {
  /**
   * A model in pictures.
   *
   * @param facts what kind of classifier it is, in one line; possibly empty
   * @param answer for it, the bias first
   */
  record Card(
      String model,
      String facts,
      Answer answer,
      Optional<Image> image,
      Optional<Confidence> success,
      Optional<Map> map,
      Optional<Edge> edge) {}

  /** The most cat-like evolved image, and a line about it. */
  record Image(BlackPixels pixels, String caption) {}

  /**
   * p(cat) of the final image of every run.
   *
   * @param white p(cat) of the empty canvas
   * @param target p(cat) that counts as success
   * @param text the numbers in words
   */
  record Confidence(List<Double> runs, OptionalDouble white, double target, String text) {}

  /** Density of evolved pixels, 1 by chance. */
  record Map(CanvasMap density, Scale scale) {}

  /**
   * E from the border (0) to the centre (1).
   *
   * @param compared E of the search without a preference, where there is one
   * @param text the numbers in words
   */
  record Edge(Mean own, Optional<Mean> compared, String text) {}

  /** A mean with its 95 % interval; the ends are empty for a single run. */
  record Mean(double value, OptionalDouble low, OptionalDouble high) {}

  Overview {
    cards = List.copyOf(cards);
    figures = List.copyOf(figures);
    limits = List.copyOf(limits);
  }

  @Override
  public String heading() {
    return grid.heading();
  }

  @Override
  public java.util.Map<String, Object> variables(Set<String> sections) {
    return OverviewView.of(this, sections);
  }
}
