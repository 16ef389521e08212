package org.whisker.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.FaithfulnessFigures;
import org.whisker.io.Decimals;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.table.ExplainedPicture;
import org.whisker.table.FaithfulnessFiles;
import org.whisker.table.TestedMap;

/** Whether the maps can be believed, as a section of the gallery's page. */
public final class FaithfulnessSection {
  private static final Map<String, String> CAPTIONS =
      Map.of(
          "deletion-insertion",
              "Deletion and insertion in the map's order, against 95 % of random orders.",
          "randomisation", "How alike the map stays as layers are randomised from the logit down.",
          "agreement", "How alike the maps of each two methods are.");
  private static final Map<String, String> FILES =
      Map.of(
          "deletion-insertion", "curves.csv",
          "randomisation", "randomisation.csv",
          "agreement", "agreement.csv");

  /** The charts of others lie in their folders alone. */
  private static final int MOST_PICTURES = 8;

  private FaithfulnessSection() {}

  /** The section; its tables must be in the page's folder. */
  public static Section of(List<TestedMap> maps) {
    List<Figure> figures = new ArrayList<>();
    FaithfulnessFiles.byPicture(maps).entrySet().stream()
        .limit(MOST_PICTURES)
        .forEach(each -> figures.addAll(figures(each.getKey(), each.getValue())));
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
        List.of(table(maps)),
        List.of());
  }

  /** As pictures of pixels: drawn as lines and letters they are several times as large. */
  private static List<Figure> figures(ExplainedPicture picture, List<TestedMap> maps) {
    List<Figure> figures = new ArrayList<>();
    FaithfulnessFigures.charts(maps)
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

  private static DataTable table(List<TestedMap> maps) {
    List<String> header =
        List.of(
            "Image",
            "Method",
            "Deletion p",
            "Insertion p",
            "Infidelity, scaled",
            "Sensitivity",
            "Randomised ρ");
    List<List<String>> rows = new ArrayList<>();
    for (TestedMap tested : maps) {
      Optional<DeletionInsertion> causal = tested.faithfulness().causal();
      rows.add(
          List.of(
              tested.map().picture().name(),
              tested.map().method(),
              p(causal.map(DeletionInsertion::deletion)),
              p(causal.map(DeletionInsertion::insertion)),
              tested
                  .faithfulness()
                  .infidelity()
                  .filter(i -> !i.isFlat())
                  .map(i -> Decimals.fixed(i.scaled() / i.ofZeroMap(), 2))
                  .orElse(""),
              number(
                  tested
                      .faithfulness()
                      .sensitivity()
                      .map(MaxSensitivity::relative)
                      .orElse(OptionalDouble.empty())),
              number(FaithfulnessFiles.rho(tested, false))));
    }
    return new DataTable(header, rows, "How the maps stand the tests", FaithfulnessFiles.TABLE);
  }

  private static String p(Optional<CausalCurve> curve) {
    return curve.map(c -> Decimals.fixed(c.logit().p(), 3)).orElse("");
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 2) : "";
  }
}
