package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Panel;
import org.whisker.explain.ModelMapFiles.GradientProfileRow;
import org.whisker.explain.ModelMapFiles.ProbeSummaryRow;
import org.whisker.feature.position.DosePlot;
import org.whisker.io.Decimals;
import org.whisker.page.PageText;
import org.whisker.page.Section;
import org.whisker.page.Section.DataTable;
import org.whisker.page.Section.Figure;
import org.whisker.position.ProbeProfile;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** Single-pixel effects on white, and the gradient's prediction of them. */
final class PixelSection {
  private PixelSection() {}

  /** Which pixels were made black: all of them, unless there was little time. */
  private static String probed(ReportFolder folder) {
    int every = folder.manifest().path(ExplainJob.WITHIN).path(TimedPlan.PROBE_EVERY).asInt(1);
    return every == 1
        ? "every pixel of the white image made black, one at a time."
        : Text.of(
            "one pixel of each %d × %d of the white image made black, and the others drawn as it"
                + " is.",
            every, every);
  }

  /** What one black pixel does at each place, and from the border inwards; no table, no figure. */
  static Optional<Figure> map(ReportFolder folder) throws IOException {
    PageMaps maps = new PageMaps(folder);
    List<Panel> panels = new ArrayList<>(maps.small("probe", "Δlogit against the target"));
    maps.profile(
            ProbeProfile.ProbeBin.FILE,
            ProbeProfile.ProbeBin.TABLE,
            r ->
                RankPoint.of(
                    r.where().uFrom(), r.where().uTo(), OptionalDouble.of(r.meanDeltaLogit())),
            false,
            "One black pixel, from the border inwards",
            "mean " + DosePlot.COST,
            0,
            "no effect",
            "")
        .ifPresent(profile -> panels.addAll(profile.panels()));
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Effect of one black pixel at each position of the white image",
                "What one black pixel does: "
                    + probed(folder)
                    + " Red pushes towards the target, blue away from it. All models are on one scale,"
                    + " logarithmic on both sides of 0. Means above 0: a black pixel there makes"
                    + " the image less of a cat.",
                folder.models().stream()
                    .map(model -> model + "/probe.csv")
                    .filter(folder::has)
                    .findFirst()
                    .orElse(null)));
  }

  static Optional<Section> of(ReportFolder folder) throws IOException {
    PageMaps maps = new PageMaps(folder);
    List<Figure> figures = new ArrayList<>();
    maps.maps(
            "gradient",
            true,
            true,
            ColorMap.LOGIT,
            "Δlogit against the target, to first order",
            "What the gradient predicts of one black pixel at each position of the white image",
            "First-order prediction for a black pixel by the gradient at white (minus the gradient"
                + " by the gray value, which the table contains); red pushes towards the target. Where it"
                + " differs from the map on the first screen, the effect of a black pixel is not"
                + " linear. Each"
                + " model has its own scale, since the magnitudes of their gradients differ too"
                + " much.")
        .ifPresent(figures::add);
    maps.profile(
            GradientProfileRow.FILE,
            GradientProfileRow.TABLE,
            r -> RankPoint.of(r.where().uFrom(), r.where().uTo(), r.relative()),
            false,
            "Strength of the gradient, from the border inwards",
            "mean |gradient| (1 = mean of the map)",
            1,
            "map's mean",
            "Sensitivity of the logit to pixels at each edge rank, relative to the mean of the"
                + " model's map.")
        .ifPresent(figures::add);
    Optional<DataTable> summary = summary(folder);
    return figures.isEmpty() && summary.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "pixel",
                "Single pixels",
                heading(folder),
                List.of(
                    "These are observations of the network on white, not interventions: they show"
                        + " where a pixel helps, not why evolution ends where it does. The map of"
                        + " single pixels stands on the first screen."),
                figures,
                summary.stream().toList(),
                List.of()));
  }

  private static String heading(ReportFolder folder) throws IOException {
    Map<String, String> helping = new LinkedHashMap<>();
    for (String model : folder.models()) {
      for (ProbeSummaryRow row :
          folder.read(ProbeSummaryRow.TABLE, model + "/" + ProbeSummaryRow.FILE)) {
        helping.put(model, percent(row.helping()).replace(' ', '\u00a0'));
      }
    }
    return Headings.perModel(
        "Share of positions where one black pixel is evidence for cat: ",
        helping,
        "",
        "What one black pixel does alone");
  }

  private static Optional<DataTable> summary(ReportFolder folder) throws IOException {
    return folder.table(
        "",
        ProbeSummaryRow.TABLE,
        Columns.of(ProbeSummaryRow.class)
            .with("positions that help", row -> percent(row.helping()))
            .with("nearly neutral", row -> percent(row.nearNeutral()))
            .with("ρ(u, Δlogit)", row -> PageText.number(row.rho(), 2))
            .with("p of ρ", row -> PageText.p(row.rhoP())),
        "One black pixel on white. Nearly neutral: |Δlogit| below λ, the penalty per black"
            + " pixel. ρ: Spearman's correlation with the edge rank; above 0, the centre is"
            + " worse than the edge; p from toroidal shifts of the map, uncorrected.");
  }

  private static String percent(double share) {
    return Decimals.fixed(100 * share, 1) + " %";
  }
}
