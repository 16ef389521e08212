package org.whisker.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.saliency.FaithfulnessFigures;
import org.whisker.io.Decimals;
import org.whisker.table.saliency.CausalColumns;
import org.whisker.table.saliency.FaithfulnessRow;
import org.whisker.table.saliency.FaithfulnessTables;
import org.whisker.table.saliency.FolderPicture;
import org.whisker.table.saliency.InfidelityColumns;
import org.whisker.table.saliency.SaliencyFolder;

/** Whether the maps can be believed, as a section of the gallery's page. */
final class FaithfulnessSection {
  private static final Map<String, String> CAPTIONS =
      Map.of(
          "deletion-insertion",
              "Deletion and insertion in the map's order, against 95 % of random orders.",
          "randomisation", "How alike the map stays as layers are randomised from the logit down.",
          "agreement", "How alike the maps of each two methods are.");
  private static final Map<String, String> FILES =
      Map.of(
          "deletion-insertion", FaithfulnessTables.CURVES,
          "randomisation", FaithfulnessTables.RANDOMISATION,
          "agreement", FaithfulnessTables.AGREEMENT);

  /** The charts of others lie in their folders alone. */
  private static final int MOST_PICTURES = 8;

  private FaithfulnessSection() {}

  /** The section; its tables must be in the page's folder. */
  static Section of(SaliencyFolder folder, FaithfulnessTables tables) {
    List<String> tested = tables.images();
    List<Figure> figures = new ArrayList<>();
    folder.pictures().stream()
        .filter(picture -> tested.contains(picture.name()))
        .limit(MOST_PICTURES)
        .forEach(picture -> figures.addAll(figures(folder, picture, tables)));
    return new Section(
        "faithfulness",
        "Can the maps be believed?",
        List.of(
            "Deletion and insertion: a small p says that the map's order does better than random"
                + " orders of the same pixels. Infidelity: how badly a map predicts hidden squares,"
                + " as a share of what a map of zeros gets once each map has its best factor; below"
                + " 1 is better. Sensitivity: how much of the map a change of 0.02 gray moves."
                + " Randomised: rank correlation with the map once all layers are drawn anew;"
                + " near 0 is right."),
        figures,
        List.of(table(tables)),
        List.of());
  }

  /** As pictures of pixels: drawn as lines and letters they are several times as large. */
  private static List<Figure> figures(
      SaliencyFolder folder, FolderPicture picture, FaithfulnessTables tables) {
    List<Figure> figures = new ArrayList<>();
    FaithfulnessFigures.charts(folder.of(picture), tables.of(picture.name()))
        .forEach(
            (name, chart) ->
                figures.add(
                    Figure.of(
                        chart.png(1),
                        picture.name() + ": " + CAPTIONS.get(name),
                        picture.name() + ". " + CAPTIONS.get(name),
                        FILES.get(name))));
    return figures;
  }

  private static DataTable table(FaithfulnessTables tables) {
    List<String> header =
        List.of(
            "Image",
            "Method",
            "Deletion p",
            "Insertion p",
            "Infidelity, scaled",
            "Sensitivity",
            "Randomised ρ");
    return new DataTable(
        header,
        tables.maps().stream().map(FaithfulnessSection::cells).toList(),
        "How the maps stand the tests",
        FaithfulnessTables.MAPS);
  }

  private static List<String> cells(FaithfulnessRow row) {
    InfidelityColumns infidelity = row.infidelity();
    return List.of(
        row.image(),
        row.method(),
        p(row.deletion()),
        p(row.insertion()),
        infidelity == null ? "" : number(infidelity.relative()),
        number(row.maxSensitivityRelative()),
        number(row.rhoAllLayersRandomised()));
  }

  private static String p(@Nullable CausalColumns curve) {
    return curve == null ? "" : Decimals.fixed(curve.p(), 3);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 2) : "";
  }
}
