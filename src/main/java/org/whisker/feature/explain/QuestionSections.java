package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Decimals;
import org.whisker.page.PageText;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Details;
import org.whisker.page.Section.Figure;
import org.whisker.page.VerdictRow;
import org.whisker.table.Columns;

/** One section for each tested hypothesis, and one for other experiments. */
record QuestionSections(ReportFolder folder) {
  static List<Section> of(ReportFolder folder) throws IOException {
    QuestionSections sections = new QuestionSections(folder);
    List<Section> all = new ArrayList<>();
    Set<String> shown = new LinkedHashSet<>();
    for (Hypothesis question : Hypotheses.all()) {
      if (folder.findings(question.id()).stream().anyMatch(folder::wasDone)) {
        all.add(sections.section(question, shown));
      }
    }
    sections.others(shown).ifPresent(all::add);
    return all;
  }

  private Section section(Hypothesis question, Set<String> shown) throws IOException {
    List<Finding> tests = folder.findings(question.id());
    Set<String> experiments = experiments(question, tests);
    List<Figure> figures = new ArrayList<>();
    DecisiveFigure.of(folder, question, tests).ifPresent(figures::add);
    List<DataTable> tables = new ArrayList<>();
    Optional<DataTable> comparisons =
        question.equals(Hypotheses.GEOMETRY)
            ? Optional.empty()
            : comparisonTable(folder, row -> row.hypothesis().equals(question.id()));
    for (String experiment : experiments) {
      figures.addAll(new ExperimentFigures(folder, experiment).all(question.shown()));
      tables.addAll(new ExperimentTables(folder, experiment).all(question.shown()));
    }
    shown.addAll(experiments);
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        question.wording().question() + " What was done: " + question.wording().experiment() + ".");
    tests.forEach(t -> paragraphs.add(sentence(t)));
    for (String experiment : experiments) {
      trained(experiment).ifPresent(paragraphs::add);
    }
    if (question.equals(Hypotheses.GEOMETRY)) {
      paragraphs.add("All runs are shown above, in the section on where the pixels lie.");
    }
    return new Section(
        VerdictRow.SECTION + question.id(),
        Headings.capitalised(question.wording().cause()),
        Headings.of(question, tests, folder),
        paragraphs,
        figures,
        tables,
        comparisons.stream().map(QuestionSections::folded).toList());
  }

  /** Description of an experiment for which networks were trained. */
  private Optional<String> trained(String experiment) {
    boolean trained =
        folder.models().stream()
            .anyMatch(m -> folder.has(m + "/" + experiment + "/" + NetworkRow.FILE));
    return trained
        ? Hypotheses.explanation(experiment).map(what -> "In %s: %s.".formatted(experiment, what))
        : Optional.empty();
  }

  /** Experiments in its findings and in summary.csv. */
  private Set<String> experiments(Hypothesis question, List<Finding> tests) throws IOException {
    Set<String> experiments = new LinkedHashSet<>();
    tests.stream()
        .filter(row -> folder.wasDone(row) && !row.experiment().isBlank())
        .forEach(row -> experiments.add(row.experiment()));
    for (SummaryRow row : folder.read(SummaryRow.TABLE, FILE)) {
      if (row.hypothesis().equals(question.id())) {
        experiments.add(row.experiment());
      }
    }
    return experiments;
  }

  private String sentence(Finding finding) {
    return finding.model()
        + ": "
        + folder.words(finding)
        + ": "
        + finding.evidence(folder.alpha())
        + numbers(finding)
        + "."
        + share(finding);
  }

  private static String numbers(Finding finding) {
    if (finding.effect().isEmpty() || !finding.isTested()) {
      return "";
    }
    String interval =
        finding.low().isPresent() && finding.high().isPresent()
            ? " [%s, %s]"
                .formatted(
                    Decimals.fixed(finding.low().getAsDouble(), 3),
                    Decimals.fixed(finding.high().getAsDouble(), 3))
            : "";
    String p =
        finding.pOfVerdict().isPresent()
            ? (finding.isOfEquivalence()
                    ? ", equivalence: corrected p\u00a0"
                    : ", corrected p\u00a0")
                + PageText.compared(finding.pOfVerdict().getAsDouble())
            : "";
    String effect = Decimals.fixed(finding.effect().getAsDouble(), 3);
    return " (%s\u00a0=\u00a0%s%s%s)".formatted(finding.statisticName(), effect, interval, p);
  }

  /** The share that an intervention removes; empty text for an effect that is not significant. */
  private static String share(Finding row) {
    boolean shown =
        row.isTested() && !List.of("undecided", "not_enough_targets").contains(row.label());
    if (!shown || row.shareRemoved().isEmpty()) {
      return "";
    }
    double share = row.shareRemoved().getAsDouble();
    return share < 0
        ? " The edge bias grows by " + Decimals.wholePercent(-share) + "."
        : " %s of the edge bias is removed%s."
            .formatted(
                Decimals.wholePercent(share),
                share > 1 ? ": more than all of it, since E ends above chance" : "");
  }

  /** The section of other experiments, such as untrained weights and factorial designs. */
  private Optional<Section> others(Set<String> shown) throws IOException {
    Set<String> others = new LinkedHashSet<>();
    for (SummaryRow row : folder.read(SummaryRow.TABLE, FILE)) {
      others.add(row.experiment());
    }
    for (String model : folder.models()) {
      others.addAll(folder.experiments(model));
    }
    others.removeAll(shown);
    others.remove(Hypotheses.CONTROL);
    List<Figure> figures = new ArrayList<>();
    for (String experiment : others) {
      figures.addAll(
          new ExperimentFigures(folder, experiment).all(Hypotheses.exhibitsOf(experiment)));
    }
    Optional<DataTable> table = comparisonTable(folder, row -> others.contains(row.experiment()));
    return figures.isEmpty() && table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "others",
                "Other experiments",
                "Experiments without a verdict: " + String.join(", ", others),
                List.of(
                    ("These experiments (%s) belong to no single hypothesis of the table above, and"
                            + " have no verdict there.")
                        .formatted(String.join(", ", others))),
                figures,
                List.of(),
                table.stream().map(QuestionSections::folded).toList()));
  }

  private static final String FILE = SummaryRow.FILE;

  /** The selected rows of {@code summary.csv}; empty if there are none. */
  private static Optional<DataTable> comparisonTable(
      ReportFolder folder, Predicate<SummaryRow> wanted) throws IOException {
    return DataTable.ofSome(
        Columns.of(SummaryRow.class)
            .with("model", SummaryRow::model)
            .with("experiment", SummaryRow::experiment)
            .with("comparison", SummaryRow::label)
            .with("measure", row -> measure(row.measure()))
            .with(
                "effect, 95 % interval",
                row ->
                    isMeasured(row)
                        ? PageText.interval(
                            row.tested().effect(), row.tested().ciLow(), row.tested().ciHigh())
                        : "")
            .with("p, corrected within the experiment", row -> PageText.p(row.tested().pShaffer()))
            .with("p, equivalence", row -> PageText.p(row.tested().pEquivalence()))
            .with("verdict alone", QuestionSections::verdict)
            .with("runs", SummaryRow::runs)
            .with(
                "runs that reach the target",
                row ->
                    change(
                        PageText.percent(row.reached().successControl()),
                        PageText.percent(row.reached().successTreated())))
            .with(
                "p(target)",
                row ->
                    change(
                        PageText.number(row.reached().catControl(), 2),
                        PageText.number(row.reached().catTreated(), 2))),
        folder.read(SummaryRow.TABLE, FILE).stream().filter(wanted).toList(),
        "p and verdict are corrected over the comparisons of this experiment alone; those"
            + " of the verdict table are corrected over the whole report. Runs that reach"
            + " the target, and mean p(target): control → treatment.",
        FILE);
  }

  /** The table as a collapsible element. */
  private static Details folded(DataTable table) {
    String count = table.rows().size() == 1 ? "The comparison" : "All %d comparisons";
    return new Details(
        String.format(Locale.ROOT, count, table.rows().size()), List.of(), List.of(table));
  }

  private static boolean isMeasured(SummaryRow row) {
    return row.tested().effect().isPresent();
  }

  private static String verdict(SummaryRow row) {
    return row.tested().verdict().isEmpty()
        ? (isMeasured(row) ? "descriptive" : "no value")
        : VerdictAnswer.find(row.tested().verdict())
            .map(VerdictAnswer::words)
            .orElse(row.tested().verdict());
  }

  private static String measure(String name) {
    return switch (name) {
      case "edge_index" -> "ΔE, all runs";
      case "edge_index_at_target" -> "ΔE at the target";
      case "edge_index_at_half" -> "ΔE at p(target) ½";
      case "edge_index_at_gain" -> "ΔE at equal gain";
      case "p_target" -> "Δp(target)";
      default -> name;
    };
  }

  private static String change(String from, String to) {
    return from.isEmpty() || to.isEmpty() ? from + to : from + " → " + to;
  }
}
