package org.whisker.feature.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.result.SkippedRow;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.page.DataTable;
import org.whisker.page.Section;

/** Methods, skipped experiments and timings. */
final class MethodsSection {

  private final ReportFolder folder;

  private MethodsSection(ReportFolder folder) {
    this.folder = folder;
  }

  static Section of(ReportFolder folder) throws IOException {
    MethodsSection section = new MethodsSection(folder);
    List<DataTable> tables = new ArrayList<>();
    section.skipped().ifPresent(tables::add);
    section.parts().ifPresent(tables::add);
    return new Section(
        "methods", "How this was measured", section.text(), List.of(), tables, List.of());
  }

  private List<String> text() {
    List<String> text = new ArrayList<>();
    text.add(
        "The run is the unit of every statistic, never the pixel: pixels of one image share their"
            + " ancestry. Arms start from the same seeds, score equally many images, and are compared"
            + " at equal p(cat): by E of the first image of each run that reached the target, or ½"
            + " where fewer than half of an arm's runs reached the target. Where fewer than half"
            + " reached even ½, no verdict on E is given. Arms are tested against their control by"
            + " sign flips of the paired differences, maps and patterns by toroidal shifts.");
    text.add(
        "Intervals of a difference are 95 % bootstrap-t intervals over runs (Student's below five"
            + " runs). Those of E and p(cat) themselves also allow for runs of another kind that"
            + " happened not to be drawn, by half an observation at each end of their range"
            + " (docs/intervals.md has their coverage).");
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
        "The gain is the logit of not-cat of the empty canvas minus that of the final image. Every"
            + " run has one, 0 if it ended without a black pixel; the gains are corrected among"
            + " themselves (Holm). The share of the bias that an intervention removes is the change"
            + " of E relative to the control's distance from ½: above 100 % the bias is reversed,"
            + " below 0 it grew.");
    String search = folder.manifest().path("search_precision").asText();
    if (!search.isEmpty()) {
      text.add(
          "Searches scored their images in %s; all that is reported of an image was scored in %s."
              .formatted(search, folder.manifest().path("precision").asText()));
    }
    List<String> untested =
        folder.findings().stream()
            .map(f -> f.hypothesis())
            .distinct()
            .filter(h -> folder.findings(h).stream().noneMatch(f -> f.isTested()))
            .toList();
    if (!untested.isEmpty()) {
      text.add("Not tested in this report: %s.".formatted(String.join(", ", untested)));
    }
    return text;
  }

  private Optional<DataTable> skipped() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (SkippedRow row : folder.read(SkippedRow.TABLE, SkippedRow.FILE)) {
      rows.add(List.of(row.experiment(), row.model(), row.reason()));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(
                List.of("experiment", "model", "reason"),
                rows,
                "Skipped experiments, with reasons.",
                SkippedRow.FILE));
  }

  private Optional<DataTable> parts() {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode part : folder.manifest().path("parts")) {
      rows.add(
          List.of(
              part.path("part").asText(),
              Decimals.fixed(part.path("seconds").asDouble(), 1),
              part.path("cached").asBoolean() ? "before" : "now"));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(
                List.of("part", "seconds", "done"), rows, "Duration of each part.", Manifest.NAME));
  }
}
