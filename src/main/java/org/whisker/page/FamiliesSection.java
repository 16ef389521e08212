package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.io.CsvRow;

/** Whether the models agree: the same protocol and seeds, on one scale. */
final class FamiliesSection {
  private static final String MEASURES = "compare/measures.csv";
  private static final String DIFFERENCES = "compare/differences.csv";
  private static final String TRANSFER = "compare/transfer.csv";
  private static final String PROFILES = "compare/profiles.csv";

  private final ReportFolder folder;

  private FamiliesSection(ReportFolder folder) {
    this.folder = folder;
  }

  static Optional<Section> of(ReportFolder folder) throws IOException {
    FamiliesSection section = new FamiliesSection(folder);
    List<DataTable> tables = new ArrayList<>();
    section.measures().ifPresent(tables::add);
    section.differences().ifPresent(tables::add);
    section.transfer().ifPresent(tables::add);
    List<Figure> figures = section.profiles();
    return tables.isEmpty() && figures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "families",
                "Do the models agree?",
                List.of(
                    "The same protocol with the same seeds on each model. A difference is shown where its interval leaves out 0 and its corrected p is at most %s; a difference that is not shown is not thereby absent."
                        .formatted(folder.alpha())),
                figures,
                tables,
                List.of()));
  }

  private Optional<DataTable> measures() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : folder.rows(MEASURES)) {
      rows.add(
          List.of(
              row.text("measure"),
              row.text("unit"),
              row.text("model"),
              quantity(row, "value"),
              row.text("runs")));
    }
    return table(
        List.of("measure", "unit", "model", "value, 95 % interval", "runs"),
        rows,
        "Each model by itself.",
        MEASURES);
  }

  private static String quantity(CsvRow row, String column) throws IOException {
    return PageText.quantity(
        row.optionalNumber(column), row.optionalNumber("ci_low"), row.optionalNumber("ci_high"));
  }

  private Optional<DataTable> differences() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : folder.rows(DIFFERENCES)) {
      rows.add(
          List.of(
              row.text("measure"),
              row.text("model_a") + " \u2212 " + row.text("model_b"),
              quantity(row, "difference"),
              PageText.p(row.optionalNumber("p_value")),
              PageText.p(row.optionalNumber("p_holm")),
              row.text("pairs")));
    }
    return table(
        List.of("measure", "models", "difference, 95 % interval", "p", "p, corrected", "pairs"),
        rows,
        "One model less the other.",
        DIFFERENCES);
  }

  private Optional<DataTable> transfer() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : folder.rows(TRANSFER)) {
      rows.add(
          List.of(
              row.text("from"),
              row.text("to"),
              "%s of %s".formatted(row.text("still_cats"), row.text("images")),
              PageText.percent(row.optionalNumber("share")),
              PageText.percent(row.optionalNumber("ci_low"))
                  + " to "
                  + PageText.percent(row.optionalNumber("ci_high")),
              PageText.percent(row.optionalNumber("random_share"))));
    }
    return table(
        List.of("evolved on", "seen by", "still cats", "share", "95 % interval", "random pixels"),
        rows,
        "Evolved cats of one model, shown to the other, beside as many pixels at random places.",
        TRANSFER);
  }

  private static Optional<DataTable> table(
      List<String> header, List<List<String>> rows, String caption, String csv) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataTable(header, rows, caption, csv));
  }

  private List<Figure> profiles() throws IOException {
    Map<String, Map<String, List<CsvRow>>> byProfile = new LinkedHashMap<>();
    for (CsvRow row : folder.rows(PROFILES)) {
      byProfile
          .computeIfAbsent(row.text("profile"), p -> new LinkedHashMap<>())
          .computeIfAbsent(row.text("model"), m -> new ArrayList<>())
          .add(row);
    }
    List<Panel> panels = new ArrayList<>();
    for (Map.Entry<String, Map<String, List<CsvRow>>> profile : byProfile.entrySet()) {
      panel(profile.getKey(), profile.getValue()).ifPresent(panels::add);
    }
    return panels.isEmpty()
        ? List.of()
        : List.of(
            new Figure(
                panels,
                "Profiles of the models from the border inwards",
                "From the border inwards: where evolved pixels lie, what one black pixel does, and where the gradient is strong. Bands: 95 % intervals.",
                PROFILES));
  }

  private static Optional<Panel> panel(String profile, Map<String, List<CsvRow>> models)
      throws IOException {
    boolean signed = profile.equals("probe");
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, List<CsvRow>> model : models.entrySet()) {
      PageMaps.line(model.getKey(), model.getValue(), "value", "ci_low", "ci_high", !signed)
          .ifPresent(lines::add);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String label =
        switch (profile) {
          case "density" -> "density (1 = chance)";
          case "probe" -> "mean Δlogit of one black pixel";
          case "gradient" -> "mean |gradient| (1 = map's mean)";
          default -> profile;
        };
    String none = signed ? "no effect" : profile.equals("density") ? "chance" : "map's mean";
    String title =
        switch (profile) {
          case "density" -> "Where evolved pixels lie";
          case "probe" -> "What one black pixel does";
          case "gradient" -> "Where the gradient is strong";
          default -> profile;
        };
    Drawing drawing = Charts.profile(title, PageMaps.EDGE_RANK, label, lines, signed ? 0 : 1, none);
    return Optional.of(new Panel(drawing.svg()).withAlt(label + " by edge rank"));
  }
}
