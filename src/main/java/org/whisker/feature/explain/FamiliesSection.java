package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Panel;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.page.PageText;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** Comparison of the models: the same protocol and seeds, on one scale. */
record FamiliesSection(ReportFolder folder) {
  private static final String MEASURES = "compare/" + MeasureRow.FILE;
  private static final String DIFFERENCES = "compare/" + DifferenceRow.FILE;
  private static final String TRANSFER = "compare/" + CrossModelRow.FILE;
  private static final String PROFILES = "compare/" + ProfileRow.FILE;

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
                "Models compared",
                section.heading(),
                List.of(
                    ("The same protocol with the same seeds on each model. A difference is"
                            + " significant if its interval excludes 0 and its corrected p is at most"
                            + " %s; a difference that is not significant is not thereby shown to be"
                            + " absent.")
                        .formatted(folder.alpha())),
                figures,
                tables,
                List.of()));
  }

  private String heading() throws IOException {
    Set<String> differ = new LinkedHashSet<>();
    int compared = 0;
    for (DifferenceRow row : folder.read(DifferenceRow.TABLE, DIFFERENCES)) {
      compared++;
      if (row.pHolm().orElse(1) <= folder.alpha() && row.ciLow() * row.ciHigh() > 0) {
        differ.add(row.measure());
      }
    }
    if (compared == 0) {
      return "The models side by side";
    }
    return differ.isEmpty()
        ? "The models differ significantly in nothing that was measured"
        : "The models differ in " + String.join(", ", differ);
  }

  private Optional<DataTable> measures() throws IOException {
    return DataTable.ofSome(
        Columns.of(MeasureRow.class)
            .with("measure", MeasureRow::measure)
            .with("unit", MeasureRow::unit)
            .with("model", MeasureRow::model)
            .with(
                "value, 95 % interval",
                row -> PageText.quantity(OptionalDouble.of(row.value()), row.ciLow(), row.ciHigh()))
            .with("runs", row -> PageText.count(row.runs())),
        folder.read(MeasureRow.TABLE, MEASURES),
        "Each model by itself.",
        MEASURES);
  }

  private Optional<DataTable> differences() throws IOException {
    return DataTable.ofSome(
        Columns.of(DifferenceRow.class)
            .with("measure", DifferenceRow::measure)
            .with("models", row -> row.modelA() + " \u2212 " + row.modelB())
            .with(
                "difference, 95 % interval",
                row ->
                    PageText.quantity(
                        OptionalDouble.of(row.difference()),
                        OptionalDouble.of(row.ciLow()),
                        OptionalDouble.of(row.ciHigh())))
            .with("p", row -> PageText.p(row.pValue()))
            .with("p, corrected", row -> PageText.p(row.pHolm()))
            .with("pairs", row -> PageText.count(row.pairs())),
        folder.read(DifferenceRow.TABLE, DIFFERENCES),
        "First model minus second.",
        DIFFERENCES);
  }

  private Optional<DataTable> transfer() throws IOException {
    return DataTable.ofSome(
        Columns.of(CrossModelRow.class)
            .with("evolved on", CrossModelRow::from)
            .with("seen by", CrossModelRow::to)
            .with("still cats", row -> Text.of("%d of %d", row.stillTargets(), row.images()))
            .with("share", row -> percent(row.share()))
            .with("95 % interval", row -> percent(row.ciLow()) + " to " + percent(row.ciHigh()))
            .with("random pixels", row -> percent(row.randomShare())),
        folder.read(CrossModelRow.TABLE, TRANSFER),
        "Evolved images of one model scored by the other, against the same number of pixels at"
            + " random positions.",
        TRANSFER);
  }

  private static String percent(double share) {
    return PageText.percent(share);
  }

  private List<Figure> profiles() throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (ProfilePlot plot : ProfilePlot.all(folder.read(ProfileRow.TABLE, PROFILES))) {
      panels.add(new Panel(plot.drawing().svg()).withAlt(plot.label() + " by edge rank"));
    }
    return panels.isEmpty()
        ? List.of()
        : List.of(
            new Figure(
                panels,
                "Profiles of the models from the border inwards",
                "From the border inwards: where evolved pixels lie, what one black pixel does, and"
                    + " where the gradient is strong. Bands: 95 % intervals.",
                PROFILES));
  }

  /**
   * One profile of the compared models, from the border inwards.
   *
   * @param profile density, probe or gradient
   * @param label axis label of its values
   * @param drawing one line per model
   */
  record ProfilePlot(String profile, String label, Drawing drawing) {
    /** The plots of all profiles that have a value, in the table's order. */
    public static List<ProfilePlot> all(List<ProfileRow> rows) {
      Map<String, List<ProfileRow>> profiles = Table.by(rows, ProfileRow::profile);
      List<ProfilePlot> plots = new ArrayList<>();
      profiles.forEach((profile, own) -> of(profile, own).ifPresent(plots::add));
      return plots;
    }

    private static Optional<ProfilePlot> of(String profile, List<ProfileRow> rows) {
      boolean signed = profile.equals("probe");
      Map<String, List<RankPoint>> models = new LinkedHashMap<>();
      for (ProfileRow row : rows) {
        models.computeIfAbsent(row.model(), m -> new ArrayList<>()).add(point(row));
      }
      List<Line> lines = new ArrayList<>();
      models.forEach(
          (model, points) -> RankPoint.line(model, points, true, !signed).ifPresent(lines::add));
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      String none = signed ? "no effect" : profile.equals("density") ? "chance" : "map's mean";
      Drawing drawing =
          Charts.profile(
              title(profile), RankPoint.AXIS, label(profile), lines, signed ? 0 : 1, none);
      return Optional.of(new ProfilePlot(profile, label(profile), drawing));
    }

    private static RankPoint point(ProfileRow row) {
      return new RankPoint(row.uFrom(), row.uTo(), row.value(), row.ciLow(), row.ciHigh());
    }

    private static String label(String profile) {
      return switch (profile) {
        case "density" -> "density (1 = chance)";
        case "probe" -> "mean Δlogit of one black pixel";
        case "gradient" -> "mean |gradient| (1 = map's mean)";
        default -> profile;
      };
    }

    private static String title(String profile) {
      return switch (profile) {
        case "density" -> "Where evolved pixels lie";
        case "probe" -> "Effect of one black pixel";
        case "gradient" -> "Where the gradient is strong";
        default -> profile;
      };
    }
  }
}
