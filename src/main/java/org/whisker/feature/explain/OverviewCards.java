package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.result.ArmImageRow.ArmDensity;
import org.whisker.ablation.result.ArmRow;
import org.whisker.chart.kit.Scale;
import org.whisker.explain.Answer;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.explain.Finding;
import org.whisker.feature.explain.PageMaps.CanvasMap;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.page.Report.FirstScreen;
import org.whisker.page.Section.Figure;
import org.whisker.value.Text;

/** Reads the first screen from a report's tables; a picture without its table is left out. */
record OverviewCards(ReportFolder folder, List<Answer> answers) {
  private static final double HALF = 0.5;

  /**
   * @param answers one per model, in their order
   */
  static Overview of(ReportFolder folder, List<Answer> answers) throws IOException {
    OverviewCards cards = new OverviewCards(folder, answers);
    List<Overview.Card> all = new ArrayList<>();
    for (int i = 0; i < folder.models().size(); i++) {
      all.add(cards.card(i));
    }
    List<Figure> figures =
        Stream.of(
                PixelSection.map(folder),
                DoseFigures.of(folder, Hypotheses.BARRIER.experiment().id()).onBackground(),
                new PartFigures(folder, Hypotheses.PARTS.experiment().id()).shares())
            .flatMap(Optional::stream)
            .toList();
    return new Overview(all, figures, VerdictGrid.of(folder), ReportPage.planned(folder));
  }

  private Overview.Card card(int i) throws IOException {
    String model = folder.models().get(i);
    Optional<ControlArm> control = ControlArm.of(folder, model);
    Optional<Overview.Image> image = Optional.empty();
    if (control.isPresent()) {
      image = image(model, control.get());
    }
    return new Overview.Card(
        model,
        facts(model),
        answers.get(i),
        image,
        control.flatMap(OverviewCards::success),
        map(model),
        control.flatMap(c -> edge(c, model)));
  }

  private String facts(String model) throws IOException {
    for (ModelRow row : folder.read(ModelRow.TABLE, ModelRow.FILE)) {
      if (row.model().equals(model)) {
        return row.testAccuracy().isPresent()
            ? "%s of test photos right"
                .formatted(Decimals.fixed(100 * row.testAccuracy().getAsDouble(), 1) + "\u00a0%")
            : row.architecture();
      }
    }
    return "";
  }

  private Optional<Overview.Image> image(String model, ControlArm control) throws IOException {
    Optional<Canvas> canvas = CatsSection.canvas(folder, model);
    for (ArmRow run : canvas.isEmpty() ? List.<ArmRow>of() : control.byCatProbability()) {
      Optional<BlackPixels> pixels = CatsSection.images(folder, model, canvas.get(), run.run());
      if (pixels.isPresent()) {
        return Optional.of(new Overview.Image(pixels.get(), caption(run, pixels.get(), control)));
      }
    }
    return Optional.empty();
  }

  private static String caption(ArmRow run, BlackPixels image, ControlArm control) {
    String which = control.runs().size() == 1 ? "Evolved" : "Most cat-like";
    String p =
        run.catProbability().isPresent()
            ? ": p(target)\u00a0" + Decimals.fixed(run.catProbability().getAsDouble(), 2)
            : "";
    String pixels =
        image.count() == 0
            ? "white, no black pixel"
            : image.count() + (image.count() == 1 ? " pixel" : " pixels");
    return which + p + (p.isEmpty() ? ": " : ", ") + pixels;
  }

  private static Optional<Overview.Confidence> success(ControlArm control) {
    List<Double> values = new ArrayList<>();
    control.runs().forEach(run -> run.catProbability().ifPresent(values::add));
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String half = Text.of("%d of %d runs reach ½", control.halfCats(), control.runs().size());
    String text =
        control.target() > HALF && control.halfCats() > 0
            ? "%s, %s %s"
                .formatted(half, reached(control.cats()), Decimals.shortest(control.target()))
            : half;
    return Optional.of(new Overview.Confidence(values, control.white(), control.target(), text));
  }

  private static String reached(int cats) {
    return cats == 0 ? "none reaches" : cats == 1 ? "1 reaches" : cats + " reach";
  }

  /**
   * Reads the map from its table, or, in a copy without large tables, from the images it was made
   * of.
   */
  private Optional<Overview.Map> map(String model) throws IOException {
    Optional<CanvasMap> table = CanvasMap.read(folder, model + "/density.csv");
    if (table.isPresent()) {
      return table.map(OverviewCards::map);
    }
    List<ArmDensity> arms = ArmDensity.read(folder.place(model + "/" + Hypotheses.CONTROL));
    return arms.isEmpty()
        ? Optional.empty()
        : arms.get(0).density().map(density -> map(CanvasMap.of(arms.get(0).canvas(), density)));
  }

  private static Overview.Map map(CanvasMap density) {
    double top = Math.max(1, Scale.covering("", density.values()).max());
    return new Overview.Map(density, new Scale(0, top, "density"));
  }

  private Optional<Overview.Edge> edge(ControlArm control, String model) {
    OptionalDouble level =
        folder.findings(Hypotheses.GEOMETRY.id()).stream()
            .filter(row -> row.model().equals(model))
            .findFirst()
            .map(Finding::targetLevel)
            .orElse(OptionalDouble.empty());
    Optional<Overview.Mean> without = control.edgeWithoutPreference(level).map(OverviewCards::mean);
    return control
        .edge(level)
        .map(OverviewCards::mean)
        .map(own -> new Overview.Edge(own, without, text(own, without, level)));
  }

  private static Overview.Mean mean(ArmSummary row) {
    return new Overview.Mean(row.mean().getAsDouble(), row.ciLow(), row.ciHigh());
  }

  private static String text(
      Overview.Mean own, Optional<Overview.Mean> without, OptionalDouble level) {
    String which =
        level.isEmpty()
            ? " in all images"
            : " at p(target)\u00a0"
                + (level.getAsDouble() == HALF ? "½" : Decimals.shortest(level.getAsDouble()));
    return "\u25cf\u00a0E\u00a0"
        + Decimals.fixed(own.value(), 2)
        + which
        + without
            .map(
                w ->
                    " \u25cb\u00a0"
                        + Decimals.fixed(w.value(), 2)
                        + "\u00a0without\u00a0preference")
            .orElse("");
  }

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
     * p(target) of the final image of every run.
     *
     * @param white p(target) of the empty canvas
     * @param target p(target) that counts as success
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
}
