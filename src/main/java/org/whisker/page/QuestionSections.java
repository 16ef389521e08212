package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.Question;
import org.whisker.explain.Words;
import org.whisker.io.CsvRow;
import org.whisker.io.Decimals;
import org.whisker.table.NetworkFiles;

/** A section a hypothesis that was tested, and one for experiments that belong to none. */
final class QuestionSections {
  /** What anchors of hypotheses begin with. */
  static final String PREFIX = "hypothesis-";

  private final ReportFolder folder;

  private QuestionSections(ReportFolder folder) {
    this.folder = folder;
  }

  static List<Section> of(ReportFolder folder) throws IOException {
    QuestionSections sections = new QuestionSections(folder);
    List<Section> all = new ArrayList<>();
    Set<String> shown = new LinkedHashSet<>();
    for (Question question : Question.values()) {
      if (folder.findings(question.id()).stream().anyMatch(t -> t.verdict().isPresent())) {
        all.add(sections.section(question, shown));
      }
    }
    sections.others(shown).ifPresent(all::add);
    return all;
  }

  private Section section(Question question, Set<String> shown) throws IOException {
    List<HypothesisTest> tests = folder.findings(question.id());
    Set<String> experiments = experiments(question, tests);
    List<Figure> figures = new ArrayList<>();
    List<DataTable> tables = new ArrayList<>();
    Optional<DataTable> comparisons =
        question == Question.GEOMETRY
            ? Optional.empty()
            : ComparisonTable.of(folder, row -> row.hypothesis().equals(question.id()));
    for (String experiment : experiments) {
      figures.addAll(new ExperimentFigures(folder, experiment).all());
      tables.addAll(new SpecialTables(folder, experiment).all());
    }
    shown.addAll(experiments);
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add("What was done: " + question.experiment() + ".");
    tests.forEach(t -> paragraphs.add(sentence(t)));
    for (String experiment : experiments) {
      trained(experiment).ifPresent(paragraphs::add);
    }
    if (question == Question.GEOMETRY) {
      paragraphs.add("Every run is shown above, under where their pixels sit.");
    }
    return new Section(
        PREFIX + question.id(),
        question.question(),
        paragraphs,
        figures,
        tables,
        comparisons.stream().map(ComparisonTable::folded).toList());
  }

  /** What was done in an experiment for which networks were trained. */
  private Optional<String> trained(String experiment) {
    boolean trained =
        folder.models().stream()
            .anyMatch(m -> folder.has(m + "/" + experiment + "/" + NetworkFiles.FILE));
    return trained
        ? Ablations.find(experiment).map(a -> "In %s: %s.".formatted(experiment, a.explanation()))
        : Optional.empty();
  }

  /** Those of its findings, and those that summary.csv has for it. */
  private Set<String> experiments(Question question, List<HypothesisTest> tests)
      throws IOException {
    Set<String> experiments = new LinkedHashSet<>();
    tests.stream()
        .filter(t -> t.verdict().isPresent() && !t.experiment().isBlank())
        .forEach(t -> experiments.add(t.experiment()));
    for (CsvRow row : folder.rows(ComparisonTable.FILE)) {
      if (row.text("hypothesis").equals(question.id())) {
        experiments.add(row.text("experiment"));
      }
    }
    return experiments;
  }

  private String sentence(HypothesisTest t) {
    String numbers =
        t.effect().isEmpty() || t.verdict().isEmpty()
            ? ""
            : " (%s %s%s%s)"
                .formatted(
                    Words.statistic(t),
                    Decimals.fixed(t.effect().getAsDouble(), 3),
                    t.low().isPresent() && t.high().isPresent()
                        ? " [%s, %s]"
                            .formatted(
                                Decimals.fixed(t.low().getAsDouble(), 3),
                                Decimals.fixed(t.high().getAsDouble(), 3))
                        : "",
                    t.pCorrected().isPresent()
                        ? ", corrected p " + Words.p(t.pCorrected().getAsDouble())
                        : "");
    return t.model() + ": " + Words.of(t, folder.alpha()) + numbers + "." + share(t);
  }

  /** Only of what is shown: an undecided effect takes nothing away. */
  private static String share(HypothesisTest t) {
    boolean shown = t.verdict().filter(v -> v != org.whisker.stats.Verdict.UNDECIDED).isPresent();
    if (!shown || t.shareRemoved().isEmpty()) {
      return "";
    }
    double share = t.shareRemoved().getAsDouble();
    return share < 0
        ? " The edge bias grows by " + Words.percent(-share) + "."
        : " " + Words.percent(share) + " of the edge bias goes with it.";
  }

  /** What was measured besides, such as untrained weights and crossed factors. */
  private Optional<Section> others(Set<String> shown) throws IOException {
    Set<String> others = new LinkedHashSet<>();
    for (CsvRow row : folder.rows(ComparisonTable.FILE)) {
      others.add(row.text("experiment"));
    }
    for (String model : folder.models()) {
      others.addAll(folder.experiments(model));
    }
    others.removeAll(shown);
    others.remove("geometry");
    List<Figure> figures = new ArrayList<>();
    for (String experiment : others) {
      figures.addAll(new ExperimentFigures(folder, experiment).all());
    }
    Optional<DataTable> table =
        ComparisonTable.of(folder, row -> others.contains(row.experiment()));
    return figures.isEmpty() && table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "others",
                "What else was tried",
                List.of(
                    "These experiments (%s) belong to no single hypothesis of the table above, and have no verdict there."
                        .formatted(String.join(", ", others))),
                figures,
                List.of(),
                table.stream().map(ComparisonTable::folded).toList()));
  }
}
