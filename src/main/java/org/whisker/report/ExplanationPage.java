package org.whisker.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.explain.Answer;
import org.whisker.explain.Explanation;
import org.whisker.explain.Finding;
import org.whisker.explain.Hypothesis;
import org.whisker.explain.ModelFindings;

/** An explanation as a page: the answer, the verdicts, then a section for each measurement. */
public final class ExplanationPage {
  private final Explanation e;
  private final ExplanationFigures figures;
  private final Map<String, String> provenance;
  private final List<String> files;

  private ExplanationPage(Explanation e, Map<String, String> provenance, List<String> files) {
    this.e = e;
    this.figures = new ExplanationFigures(e);
    this.provenance = provenance;
    this.files = files;
  }

  /**
   * The page.
   *
   * @param provenance configuration, hashes, versions, device, time; shown in this order
   * @param files data files beside the page, relative to it
   */
  public static Report of(Explanation e, Map<String, String> provenance, List<String> files) {
    return new ExplanationPage(e, provenance, files).report();
  }

  private Report report() {
    List<String> names = e.models().stream().map(m -> m.model().name()).toList();
    return new Report(
        "Where evolved cats put their pixels, and why",
        "Black-pixel images evolved against " + String.join(" and ", names),
        Answer.of(e),
        e.findings().stream().map(this::verdict).toList(),
        List.of(models(), cats(), positions(), probes(), gradients(), interventions(), methods()),
        provenance,
        files);
  }

  private VerdictRow verdict(Finding f) {
    Hypothesis h = f.hypothesis();
    String needed =
        f.runsNeeded().isPresent()
            ? "; about %d runs of this spread would decide".formatted(f.runsNeeded().getAsLong())
            : "";
    return new VerdictRow(
        h.id(),
        h.question(),
        h.experiment(),
        f.scope(),
        Optional.of(effect(f)),
        OptionalDouble.of(f.pCorrected()),
        Verdict.valueOf(f.verdict().name()),
        f.verdict().name().toLowerCase(Locale.ROOT),
        f.shareRemoved(),
        f.sentence() + needed);
  }

  private Effect effect(Finding f) {
    Finding.Quantity q = f.quantity();
    double low = Math.min(f.effect(), f.low().orElse(f.effect()));
    double high = Math.max(f.effect(), f.high().orElse(f.effect()));
    OptionalDouble margin =
        q == Finding.Quantity.RANK_CORRELATION
            ? OptionalDouble.empty()
            : OptionalDouble.of(e.options().margin());
    return new Effect(f.effect(), low, high, q.label(), q.none(), q.least(), q.most(), margin);
  }

  private static String weights(ModelFindings m) {
    return m.model().weights().isPresent()
        ? String.format(Locale.ROOT, "%,d", m.model().weights().getAsLong())
        : "not known";
  }

  private Section models() {
    List<List<String>> rows =
        e.models().stream()
            .map(
                m ->
                    List.of(
                        m.model().name(),
                        m.model().architecture(),
                        m.model().input(),
                        weights(m),
                        accuracy(m),
                        format("%.3f", m.whiteCatProbability())))
            .toList();
    DataTable table =
        new DataTable(
            List.of(
                "model", "architecture", "input", "weights", "test accuracy", "p(cat) of white"),
            rows,
            "The classifiers. White is where evolution starts: p(cat) there must be below ½.");
    return new Section(
        "models",
        "Are these classifiers any good?",
        List.of(
            "The accuracy is that on test photos which neither training nor the choice of the best epoch saw."),
        List.of(),
        List.of(table),
        List.of());
  }

  private static String accuracy(ModelFindings m) {
    return m.model().testAccuracy().isPresent()
        ? format(
            "%.1f %% of %,d", 100 * m.model().testAccuracy().getAsDouble(), m.model().testPhotos())
        : "not tested";
  }

  private Section cats() {
    List<Figure> all = new ArrayList<>();
    e.models().forEach(m -> all.add(figures.cats(m)));
    e.models().forEach(m -> all.add(figures.progress(m)));
    return new Section(
        "cats",
        "The evolved cats",
        List.of(
            "Each image began as a single random black pixel. A genetic algorithm added, removed, moved and crossed pixels to raise p(cat)."),
        all,
        List.of(),
        List.of());
  }

  private Section positions() {
    return new Section(
        "positions",
        "Where their pixels sit",
        List.of(
            "The edge rank u of a pixel is the share of the canvas that lies nearer the border than it (ties count half), so a random pixel has ½ on average on any canvas. The edge index E of an image is the mean of u over its black pixels."),
        Stream.of(figures.densities(), figures.densityProfile(), Optional.of(figures.arms()))
            .flatMap(Optional::stream)
            .toList(),
        List.of(),
        List.of());
  }

  private Section probes() {
    List<List<String>> rows =
        e.models().stream()
            .map(
                m ->
                    List.of(
                        m.model().name(),
                        format("%.1f %%", 100 * m.probeProfile().helping()),
                        format("%.1f %%", 100 * m.probeProfile().nearNeutral()),
                        correlation(m.probeProfile().byEdgeRank()),
                        correlation(m.landscape())))
            .toList();
    DataTable table =
        new DataTable(
            List.of(
                "model",
                "positions that help",
                "nearly neutral",
                "ρ(u, Δlogit)",
                "r(black, −Δlogit)"),
            rows,
            "Nearly neutral: |Δlogit| below λ, the price of a pixel. ρ is Spearman's over all positions; r is the rank-biserial correlation of being black, a mean over runs. p-values (uncorrected) from toroidal shifts: of the map for ρ, of each run's pattern for r.");
    return new Section(
        "probe",
        "What one black pixel does",
        List.of(
            "These are associations, not interventions: they say where a pixel helps, not why."),
        Stream.of(figures.probes(), Optional.of(figures.probeProfile()))
            .flatMap(Optional::stream)
            .toList(),
        List.of(table),
        List.of());
  }

  private static String correlation(Optional<org.whisker.stats.TestResult> test) {
    return test.map(t -> format("%.2f (p %s)", t.statistic(), Answer.p(t.p()))).orElse("-");
  }

  private Section gradients() {
    return new Section(
        "gradient",
        "What the gradient says at white",
        List.of(
            "The derivative of the not-cat logit by each gray value, at the white image where evolution starts."),
        Stream.of(figures.gradients(), Optional.of(figures.gradientProfile()))
            .flatMap(Optional::stream)
            .toList(),
        List.of(),
        List.of());
  }

  private Section interventions() {
    List<List<String>> rows = new ArrayList<>();
    for (ModelFindings m : e.models()) {
      rows.add(m.padding().map(s -> paddingRow(m, s)).orElseGet(() -> unswappedRow(m)));
    }
    DataTable table =
        new DataTable(
            List.of(
                "model",
                "padding",
                "p(cat) of white",
                "images still cats",
                "runs that reach ½",
                "ΔE (95 % interval)"),
            rows,
            "Padding swapped at inference, with weights trained under the first. Images still cats: final images of the control that keep p(cat) of at least ½ under the swapped padding.");
    return new Section(
        "interventions",
        "What changes when one cause is taken away",
        List.of(
            "The same seeds were evolved again with another padding; and the operators were run under a flat fitness, where only they can move pixels."),
        List.of(),
        List.of(table),
        List.of());
  }

  private static List<String> unswappedRow(ModelFindings m) {
    return List.of(
        m.model().name(),
        m.model().padding() + ", not swapped",
        format("%.3f", m.whiteCatProbability()),
        "-",
        "-",
        "-");
  }

  private static List<String> paddingRow(ModelFindings m, org.whisker.ablation.PaddingSwap s) {
    long still = s.transferred().stream().filter(l -> l <= 0).count();
    long crossed = s.runs().stream().filter(r -> r.crossed(0.5)).count();
    String delta =
        s.shift()
            .map(
                d ->
                    format(
                        "%+.3f (%+.3f to %+.3f)",
                        d.delta().value(), d.delta().interval().low(), d.delta().interval().high()))
            .orElse("-");
    return List.of(
        m.model().name(),
        s.from() + " → " + s.to(),
        format("%.3f → %.3f", m.whiteCatProbability(), s.whiteCatProbability()),
        "%d of %d".formatted(still, s.transferred().size()),
        "%d → %d of %d".formatted(m.crossed(0.5), crossed, s.runs().size()),
        delta);
  }

  private Section methods() {
    return new Section(
        "methods",
        "How this was measured",
        List.of(
            "The run is the unit of every statistic. Intervals are 95 % bootstrap-t intervals over runs; models are blocks when pooled. Every run breeds as many generations, so arms are compared after about as many scored images; padding.csv has the numbers. E is tested against ½ by sign flips, paired arms by sign flips of their differences, maps by toroidal shifts. The p-values of the verdict table are corrected together by Holm's method; equivalence tests are held against the same level without correction.",
            format(
                "“No effect” is claimed only by an equivalence test (two one-sided tests) within ±%s of the edge index. A run that never reached p(cat) of ½ is shown and counted like the others.",
                e.options().margin()),
            "What this report does not test: retrained padding, the training photos' position, background, canvas border, other starts. It says nothing about them."),
        List.of(),
        List.of(),
        List.of());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
