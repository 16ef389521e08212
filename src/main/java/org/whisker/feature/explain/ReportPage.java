package org.whisker.feature.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.explain.Answer;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.feature.ablate.ArmStrips;
import org.whisker.feature.ablate.ArmStrips.ArmLane;
import org.whisker.feature.explain.VerdictGrid.VerdictLines;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.page.HtmlReport;
import org.whisker.page.PageText;
import org.whisker.page.Report;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.position.DensityProfile;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** The page of an explanation, drawn from the tables of its folder without a model. */
public final class ReportPage {
  private ReportPage() {}

  static boolean isDrawn(Path folder) {
    return Files.isRegularFile(folder.resolve("index.html"));
  }

  /**
   * Redraws {@code index.html} of a folder.
   *
   * @return the size of the page in bytes
   * @throws IOException in one line that names the file that is missing or unreadable
   */
  public static long write(Path folder) throws IOException {
    return HtmlReport.write(folder, () -> of(ReportFolder.open(folder)));
  }

  /** The answer: for each model its name and the first sentence, then a line for each other. */
  public static List<String> answer(Path folder) throws IOException {
    ReportFolder report = ReportFolder.open(folder);
    List<Answer> answers = ReportAnswer.of(report);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      List<Answer.Sentence> sentences = answers.get(i).sentences();
      lines.add(report.models().get(i) + ": " + sentences.get(0).text());
      sentences.stream().skip(1).forEach(sentence -> lines.add("  " + sentence.text()));
    }
    lines.addAll(planned(report));
    return lines;
  }

  /** The verdicts, hypothesis by model, as lines of text. */
  public static List<String> verdicts(Path folder) throws IOException {
    return VerdictGrid.of(ReportFolder.open(folder)).lines();
  }

  /** What fitted into the time that there was, and what can't be decided; often nothing. */
  static List<String> planned(ReportFolder folder) throws IOException {
    List<String> lines = new ArrayList<>();
    folder
        .manifest()
        .path(ExplainJob.WITHIN)
        .path(TimedPlan.TEXT)
        .forEach(line -> lines.add(line.asText()));
    List<SkippedRow> late = ExplainJob.late(folder.read(SkippedRow.TABLE, SkippedRow.FILE));
    if (!late.isEmpty()) {
      lines.add(ExplainStudy.outOfTime(late));
    }
    return lines;
  }

  static Report of(ReportFolder folder) throws IOException {
    List<Section> sections = new ArrayList<>();
    qualitySection(folder).ifPresent(sections::add);
    CatsSection.of(folder).ifPresent(sections::add);
    placesSection(folder).ifPresent(sections::add);
    PixelSection.of(folder).ifPresent(sections::add);
    sections.addAll(QuestionSections.of(folder));
    FamiliesSection.of(folder).ifPresent(sections::add);
    sections.add(MethodsSection.of(folder));
    return new Report(
        "Where evolved cats put their pixels, and why",
        "Black-pixel images evolved against " + String.join(" and ", folder.models()),
        List.of(),
        VerdictLines.of(folder),
        sections,
        Report.manifestLines(folder.manifest(), Set.of()),
        folder.data(),
        Optional.of(OverviewCards.of(folder, ReportAnswer.of(folder))));
  }

  private static final String FILE = ModelRow.FILE;

  /** Are these classifiers any good? */
  private static Optional<Section> qualitySection(ReportFolder folder) throws IOException {
    List<ModelRow> models = folder.read(ModelRow.TABLE, FILE);
    if (models.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> right = new LinkedHashMap<>();
    models.forEach(
        row ->
            row.testAccuracy()
                .ifPresent(
                    share -> right.put(row.model(), Decimals.fixed(100 * share, 1) + "\u00a0%")));
    DataTable table =
        DataTable.of(
            Columns.of(ModelRow.class)
                .with("model", ModelRow::model)
                .with("architecture", ModelRow::architecture)
                .with("input", ModelRow::input)
                .with("weights", ReportPage::weights)
                .with("padding", ModelRow::padding)
                .with("test accuracy", ReportPage::accuracy)
                .with("ROC AUC", row -> PageText.number(row.auc(), 3))
                .with("p(target) of white", row -> PageText.number(row.whiteCatProbability(), 3)),
            models,
            "The classifiers. Cells of unknown values are empty.",
            FILE);
    return Optional.of(
        new Section(
            "models",
            "Models",
            Headings.perModel(
                "Test photos classified correctly: ",
                right,
                "",
                "How accurate these classifiers are is not known"),
            List.of(
                "Accuracy and ROC AUC (the probability that a cat gets a higher p(target) than"
                    + " another photo) are on test photos not used in training; chance is ½ for"
                    + " both. The search starts from a white image, so p(target) of white should be"
                    + " below ½."),
            List.of(),
            List.of(table),
            List.of()));
  }

  private static String weights(ModelRow row) {
    return row.weights().isEmpty() ? "" : Text.of("%,d", row.weights().getAsLong());
  }

  private static String accuracy(ModelRow row) {
    if (row.testAccuracy().isEmpty()) {
      return "";
    }
    String of = row.testPhotos().isEmpty() ? "" : Text.of(" of %,d", row.testPhotos().getAsInt());
    return Decimals.fixed(100 * row.testAccuracy().getAsDouble(), 1) + " %" + of;
  }

  /** Methods, skipped experiments and timings. */
  private record MethodsSection(ReportFolder folder) {
    static Section of(ReportFolder folder) throws IOException {
      MethodsSection section = new MethodsSection(folder);
      List<DataTable> tables = new ArrayList<>();
      section.skipped().ifPresent(tables::add);
      section.parts().ifPresent(tables::add);
      return new Section(
          "methods", "How this was measured", section.text(), List.of(), tables, List.of());
    }

    private List<String> text() throws IOException {
      List<String> text = new ArrayList<>(planned(folder));
      text.add(
          "The run is the unit of every statistic, never the pixel: pixels of one image share their"
              + " ancestry. Arms start from the same seeds. "
              + ends()
              + " Arms are compared at equal p(target): by E of the first image of each run that"
              + " reached the target, or ½ where fewer than half of an arm's runs reached the"
              + " target. Where fewer than half reached even ½, no verdict on E is given. Arms are"
              + " tested against their control by sign flips of the paired differences, maps and"
              + " patterns by toroidal shifts.");
      text.add(
          "Intervals of a difference are 95 % bootstrap-t intervals over runs (Student's"
              + " below five runs). Intervals of E and p(target) themselves also allow for a kind"
              + " of run that was not observed, by half an observation at each end of their"
              + " range (docs/intervals.md has their coverage).");
      text.add(
          ("The p-values of the verdict table are corrected together (Shaffer, 1986), those of"
                  + " equivalence tests included, and compared with %s. “No effect” is never inferred"
                  + " from a large p, but only from an equivalence test (two one-sided tests) with a"
                  + " margin fixed beforehand (%s for edge indices). If neither an effect nor"
                  + " equivalence is shown, the verdict is undecided.")
              .formatted(
                  folder.alpha(),
                  "\u00b1" + folder.manifest().path("equivalence_margin").asDouble(0.05)));
      text.add(
          "The gain is the logit against the target of the empty canvas minus that of the final image."
              + " Every run has one, 0 if it ended without a black pixel; the gains are corrected"
              + " among themselves (Holm). The share of the bias that an intervention removes is"
              + " the change of E relative to the control's distance from ½: above 100 % the bias"
              + " is reversed, below 0 it grew.");
      String search = folder.manifest().path("search_precision").asText();
      if (!search.isEmpty()) {
        text.add(
            "Searches scored their images in %s; all that is reported of an image was scored in %s."
                .formatted(search, folder.manifest().path("precision").asText()));
      }
      folder
          .withoutVerdict()
          .forEach(
              (words, hypotheses) ->
                  text.add(
                      "%s in this report: %s."
                          .formatted(
                              Headings.capitalised(words),
                              hypotheses.stream()
                                  .map(Hypothesis::id)
                                  .collect(Collectors.joining(", ")))));
      return text;
    }

    private String ends() {
      JsonNode target = folder.manifest().path(ExplainJob.ENDS_AT);
      return target.isNumber()
          ? Text.of(
              "A run ends with its first image of p(target) %s, or with its last generation; no"
                  + " verdict is about later images. The final image of a run is that image.",
              target.asText())
          : "They score equally many images.";
    }

    private Optional<DataTable> skipped() throws IOException {
      return DataTable.ofSome(
          Columns.of(SkippedRow.class)
              .with("experiment", SkippedRow::experiment)
              .with("model", SkippedRow::model)
              .with("reason", SkippedRow::reason),
          folder.read(SkippedRow.TABLE, SkippedRow.FILE),
          "Skipped experiments, with reasons.",
          SkippedRow.FILE);
    }

    private Optional<DataTable> parts() {
      List<JsonNode> parts = new ArrayList<>();
      folder.manifest().path("parts").forEach(parts::add);
      return DataTable.ofSome(
          Columns.of(JsonNode.class)
              .with("part", part -> part.path("part").asText())
              .with("seconds", part -> Decimals.fixed(part.path("seconds").asDouble(), 1))
              .with("done", part -> part.path("cached").asBoolean() ? "before" : "now"),
          parts,
          "Duration of each part.",
          Manifest.NAME);
    }
  }

  /** The positions of evolved pixels. */
  static Optional<Section> placesSection(ReportFolder folder) throws IOException {
    PageMaps maps = new PageMaps(folder);
    List<Figure> figures = new ArrayList<>();
    everyRun(folder).ifPresent(figures::add);
    maps.maps(
            "density",
            false,
            false,
            ColorMap.SEQUENTIAL,
            "density (1 = chance)",
            "Smoothed density of evolved black pixels over the canvas",
            "Density of evolved pixels over all runs of a model, smoothed, with equal weight per"
                + " run; 1 is chance. All models on one scale.")
        .ifPresent(figures::add);
    maps.profile(
            DensityProfile.DensityBin.FILE,
            DensityProfile.DensityBin.TABLE,
            r ->
                new RankPoint(
                    r.where().uFrom(),
                    r.where().uTo(),
                    OptionalDouble.of(r.mean().density()),
                    r.mean().ciLow(),
                    r.mean().ciHigh()),
            true,
            "Density from the border inwards",
            "density (1 = chance)",
            1,
            "chance",
            "Equal parts of the axis are equal shares of the canvas, so chance is 1 everywhere."
                + " Bands: 95 % intervals of the mean over runs, clipped at 0.")
        .ifPresent(figures::add);
    return figures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "positions",
                "Positions",
                heading(folder),
                List.of(
                    "A third of all pixels lie within a tenth of the width from an edge, so"
                        + " distances are misleading. The edge rank u of a pixel is the share of"
                        + " the canvas that is nearer the edge: 0 at the border, 1 in the centre,"
                        + " ½ on average for a random pixel on any canvas. The edge index E of an"
                        + " image is the mean of u over its black pixels: ½ is chance, below ½ is"
                        + " nearer the edge."),
                figures,
                List.of(),
                List.of()));
  }

  private static String heading(ReportFolder folder) throws IOException {
    Map<String, String> means = new LinkedHashMap<>();
    for (String model : folder.models()) {
      ControlArm.of(folder, model)
          .flatMap(c -> c.edge(OptionalDouble.empty()))
          .ifPresent(row -> means.put(model, Decimals.fixed(row.mean().orElse(Double.NaN), 2)));
    }
    return Headings.perModel(
        "Pixels of the final images lie at E\u00a0=\u00a0",
        means,
        "; ½ is chance, 0 the border",
        "Where the evolved pixels lie");
  }

  private static Optional<Figure> everyRun(ReportFolder folder) throws IOException {
    List<ArmLane> models = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      List<ArmLane> arms = folder.lanes(model, Hypotheses.CONTROL);
      if (!arms.isEmpty()) {
        models.add(new ArmLane(model, arms.get(0).runs(), arms.get(0).summaries()));
        csv = csv == null ? CatsSection.file(model) : csv;
      }
    }
    String file = csv;
    return ArmStrips.edge("Edge index of every final image", models)
        .map(
            drawing ->
                Figure.of(
                    drawing,
                    "Edge index of every final image by model, against one half",
                    "One dot per run, the mean with its 95 % interval below. Left of the dashed"
                        + " line: nearer the edge than chance.",
                    file));
  }
}
