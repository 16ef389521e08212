package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.kit.ColorMap;
import org.whisker.io.CsvRow;
import org.whisker.io.Decimals;

/** What one black pixel does, and what the gradient says of it. */
final class PixelSection {
  private PixelSection() {}

  static Optional<Section> of(ReportFolder folder) throws IOException {
    PageMaps maps = new PageMaps(folder);
    List<Figure> figures = new ArrayList<>();
    maps.maps(
            "probe",
            false,
            false,
            ColorMap.DIVERGING,
            "Δlogit of not-cat",
            "Effect of one black pixel at each position of the white image",
            "Every pixel of the white image made black, one at a time. Blue pushes towards cat, red away from it. All models on one scale.")
        .ifPresent(figures::add);
    maps.profile(
            "probe_profile",
            "mean_delta_logit",
            null,
            null,
            "One black pixel, from the border inwards",
            "mean Δlogit of not-cat",
            0,
            "no effect",
            "Above 0, a black pixel there makes the image less of a cat; below 0, more.")
        .ifPresent(figures::add);
    maps.maps(
            "gradient",
            true,
            true,
            ColorMap.DIVERGING,
            "Δlogit of not-cat, to first order",
            "What the gradient predicts of one black pixel at each position of the white image",
            "What the gradient at white predicts of a whole black pixel (minus the gradient by the gray value, which the table has); blue pushes towards cat. Where it looks unlike the map above, a black pixel is too long a step for a straight line. Each model has a scale of its own: their gradients differ too much in size.")
        .ifPresent(figures::add);
    maps.profile(
            "gradient_profile",
            "relative",
            null,
            null,
            "Strength of the gradient, from the border inwards",
            "mean |gradient| (1 = mean of the map)",
            1,
            "map's mean",
            "How strongly the logit depends on pixels there, relative to the whole map of the same model.")
        .ifPresent(figures::add);
    Optional<DataTable> summary = summary(folder);
    return figures.isEmpty() && summary.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "pixel",
                "What one black pixel does alone",
                List.of(
                    "These are observations of the network on white, not interventions: they say where a pixel helps, not why evolution ends where it does."),
                figures,
                summary.stream().toList(),
                List.of()));
  }

  private static Optional<DataTable> summary(ReportFolder folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/probe_summary.csv";
      for (CsvRow row : folder.rows(file)) {
        rows.add(
            List.of(
                model,
                percent(row, "helping"),
                percent(row, "near_neutral"),
                PageText.number(row.optionalNumber("rho"), 2),
                PageText.p(row.optionalNumber("rho_p"))));
        csv = csv == null ? file : csv;
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(
                List.of("model", "places that help", "nearly neutral", "ρ(u, Δlogit)", "p of ρ"),
                rows,
                "One black pixel on white. Nearly neutral: |Δlogit| below λ, the price of a pixel. ρ: Spearman's correlation with the edge rank; above 0, the centre is worse than the edge; p from toroidal shifts of the map, uncorrected.",
                csv));
  }

  private static String percent(CsvRow row, String column) throws IOException {
    OptionalDouble share = row.optionalNumber(column);
    return share.isPresent() ? Decimals.fixed(100 * share.getAsDouble(), 1) + " %" : "";
  }
}
