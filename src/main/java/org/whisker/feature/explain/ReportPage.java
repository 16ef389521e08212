package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.explain.ControlRuns;
import org.whisker.explain.ShortAnswer;
import org.whisker.page.HtmlReport;
import org.whisker.page.ManifestLines;
import org.whisker.page.Report;
import org.whisker.page.Section;

/** The page of an explanation, drawn from the tables of its folder without a model. */
public final class ReportPage {
  private ReportPage() {}

  /**
   * Redraws {@code index.html} of a folder.
   *
   * @return the size of the page in bytes
   * @throws IOException in one line that names the file that is missing or unreadable
   */
  public static long write(Path folder) throws IOException {
    return HtmlReport.write(folder, () -> of(ReportFolder.open(folder)));
  }

  /** The short answer: a line for each model. */
  public static List<String> answer(Path folder) throws IOException {
    ReportFolder report = ReportFolder.open(folder);
    List<String> lines = new ArrayList<>();
    for (String sentence : answer(report)) {
      lines.add(report.models().get(lines.size()) + ": " + sentence);
    }
    return lines;
  }

  /** The verdicts, hypothesis by model, as lines of text. */
  public static List<String> verdicts(Path folder) throws IOException {
    return VerdictGrid.of(ReportFolder.open(folder)).lines();
  }

  static Report of(ReportFolder folder) throws IOException {
    List<Section> sections = new ArrayList<>();
    QualitySection.of(folder).ifPresent(sections::add);
    CatsSection.of(folder).ifPresent(sections::add);
    PlacesSection.of(folder).ifPresent(sections::add);
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
        ManifestLines.of(folder.manifest(), Set.of()),
        folder.data(),
        Optional.of(OverviewCards.of(folder, answer(folder))));
  }

  private static List<String> answer(ReportFolder folder) throws IOException {
    List<ControlRuns> controls = new ArrayList<>();
    for (String model : folder.models()) {
      Optional<ControlArm> control = ControlArm.of(folder, model);
      if (control.isPresent()) {
        controls.add(
            control.get().inShort(model, folder.read(ClimbRow.TABLE, model + "/" + ClimbRow.FILE)));
      }
    }
    return ShortAnswer.of(controls, folder.findings());
  }
}
