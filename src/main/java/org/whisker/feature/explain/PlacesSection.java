package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.RankPoint;
import org.whisker.feature.ablate.ArmLane;
import org.whisker.feature.ablate.ArmStrips;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.io.Decimals;
import org.whisker.page.Figure;
import org.whisker.page.Section;
import org.whisker.position.result.DensityBinRow;

/** The positions of evolved pixels. */
final class PlacesSection {
  private PlacesSection() {}

  static Optional<Section> of(ReportFolder folder) throws IOException {
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
            DensityBinRow.FILE,
            DensityBinRow.TABLE,
            r ->
                new RankPoint(
                    r.where().uFrom(),
                    r.where().uTo(),
                    OptionalDouble.of(r.density()),
                    r.ciLow(),
                    r.ciHigh()),
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
                        + " the canvas that is nearer the edge: 0 at the border, 1 in the centre, ½"
                        + " on average for a random pixel on any canvas. The edge index E of an"
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
        "Pixels of the final images lie at E = ",
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
