package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.EffortRatios.EffortRow;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.CarrierTables.ChannelRow;
import org.whisker.ablation.result.CarrierTables.SeenRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.ablation.result.PartTables.PartPlaceRow;
import org.whisker.ablation.result.RingRow.HarmAndHelpRow;
import org.whisker.feature.ablate.MovePlots;
import org.whisker.hypothesis.EvolvedParts.PartEdgeRow;
import org.whisker.hypothesis.Exhibit;
import org.whisker.hypothesis.Surrogates;
import org.whisker.hypothesis.Surrogates.FitRow;
import org.whisker.io.Decimals;
import org.whisker.page.PageText;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** The tables of an experiment over all models that have it. */
record ExperimentTables(ReportFolder folder, String experiment) {
  private static final int SHOWN_CHANNELS = 6;

  /** The tables that have rows, in this order. */
  List<DataTable> all(List<Exhibit> shown) throws IOException {
    List<DataTable> tables = new ArrayList<>();
    for (Exhibit each : shown.stream().filter(Exhibit::isTable).toList()) {
      switch (each) {
        case EFFORT -> effort().ifPresent(tables::add);
        case RELEASE -> new EntrySummaries(folder, experiment).release().ifPresent(tables::add);
        case ENTRY_EFFORT -> new EntrySummaries(folder, experiment).effort().ifPresent(tables::add);
        case OTHER_MOVES -> otherMoves().ifPresent(tables::add);
        case STRIDE_COMBS -> combs().ifPresent(tables::add);
        case HARM_AND_HELP -> harmAndHelp().ifPresent(tables::add);
        case PART_PLACES -> partPlaces().ifPresent(tables::add);
        case PART_EDGES -> partEdges().ifPresent(tables::add);
        case CARRIER_CHANNELS -> carrierChannels().ifPresent(tables::add);
        case CARRIER_SEEN -> carrierSeen().ifPresent(tables::add);
        case SURROGATES -> surrogates().ifPresent(tables::add);
        case NETWORKS -> new Networks(folder, experiment).table().ifPresent(tables::add);
        case MANIPULATION -> manipulations().ifPresent(tables::add);
        default -> throw new IllegalArgumentException(each + " is no table");
      }
    }
    return tables;
  }

  private Optional<DataTable> partPlaces() throws IOException {
    return folder.table(
        experiment + "/",
        PartPlaceRow.TABLE,
        Columns.of(PartPlaceRow.class)
            .with("changed", PartPlaceRow::kind)
            .with("where", PartPlaceRow::place)
            .with(
                "share that goes, 95 % interval",
                row -> PageText.interval(row.share(), row.shareCiLow(), row.shareCiHigh()))
            .with(
                "Δlogit that goes, 95 % interval",
                row -> PageText.interval(row.goes(), row.ciLow(), row.ciHigh()))
            .with("with random channels", row -> PageText.quantity(row.random()))
            .with("gain", row -> PageText.quantity(row.gain()))
            .with("p, corrected", row -> PageText.p(row.pHolm())),
        "How much of the middle's extra cost over the edge disappears when padding is made"
            + " circular in one stage or on one side, or when the tenth of a layer's channels"
            + " that differ most at the border is set to its values in the centre of white."
            + " Shares of single places need not add up to one. Gain: the response to pixels"
            + " at all places, as a share of that of the unchanged network.");
  }

  private Optional<DataTable> partEdges() throws IOException {
    return folder.table(
        experiment + "/",
        PartEdgeRow.TABLE,
        Columns.of(PartEdgeRow.class)
            .with("part", PartEdgeRow::part)
            .with(
                "of \u00bd \u2212 E, 95 % interval",
                row -> PageText.interval(row.value(), row.ciLow(), row.ciHigh()))
            .with(
                "share, 95 % interval",
                row -> PageText.interval(row.share(), row.shareCiLow(), row.shareCiHigh()))
            .with("gain, logits", row -> PageText.quantity(row.gain()))
            .with("seeds", PartEdgeRow::seeds)
            .with("no share, since", PartEdgeRow::reason),
        "How much padding and the head contribute to \u00bd \u2212 E: Shapley values over"
            + " runs from the same seeds, at one gain over white that half of the runs of each"
            + " network reached. If a network that is blind to places gains less than half as"
            + " much as the network itself, no shares are given.");
  }

  private Optional<DataTable> carrierChannels() throws IOException {
    return folder.table(
        experiment + "/",
        ChannelRow.TABLE,
        rows -> rows.stream().filter(row -> row.rank() <= SHOWN_CHANNELS).toList(),
        model ->
            Columns.of(ChannelRow.class)
                .with("layer", ChannelRow::layer)
                .with("channels", ExperimentTables::what)
                .with(
                    "share restored, 95 % interval",
                    row -> PageText.interval(row.restored(), row.ciLow(), row.ciHigh()))
                .with("first-order estimate", row -> PageText.quantity(row.estimated()))
                .with("images", ChannelRow::pairs),
        "The fewest channels of one layer that carry 90 % of the evidence of half of the"
            + " images when their activations are put into white, equally many random"
            + " channels, and each of the first six alone. Of three rankings, the one that"
            + " needs the fewest channels is used. Shares are measured on the other half of"
            + " the images, and can be smaller. The first-order estimate is derivative times"
            + " difference; how well it agrees stands among the observations."
            + (photos()
                ? ""
                : " What these channels see in photos is not shown, since no photos were named"
                    + " (--data)."));
  }

  private boolean photos() throws IOException {
    for (String model : folder.models()) {
      if (!folder.read(SeenRow.TABLE, model + "/" + experiment + "/" + SeenRow.FILE).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Optional<DataTable> carrierSeen() throws IOException {
    return folder.table(
        experiment + "/",
        SeenRow.TABLE,
        Columns.of(SeenRow.class)
            .with("channel", row -> row.kind() + " " + row.channel())
            .with(
                "AUC of cats, 95 % interval",
                row -> PageText.interval(OptionalDouble.of(row.auc()), row.aucLow(), row.aucHigh()))
            .with("p, corrected", row -> PageText.p(row.pHolm()))
            .with("cats among the top 8", row -> PageText.percent(row.targetsAmongTop()))
            .with(
                "activation in the outermost ring, 95 % interval",
                row -> PageText.interval(row.outermost(), row.outermostLow(), row.outermostHigh()))
            .with("if even", row -> PageText.quantity(row.uniform()))
            .with("photos", row -> row.cats() + " and " + row.others()),
        "How the channels that carry the evidence of evolved images respond to photos,"
            + " compared with equally many random channels of the layer. AUC: the probability"
            + " that a channel's relevance for cat is higher in a photo of a cat than in"
            + " another. Channels of a network that tells cats apart have AUCs above a half,"
            + " so compare carriers with random ones.");
  }

  private static String what(ChannelRow row) {
    return switch (row.what()) {
      case ChannelRow.FIRST -> Text.of("the first %d of %d", row.channels(), row.of());
      case ChannelRow.RANDOM -> Text.of("%d of %d at random", row.channels(), row.of());
      default -> "number " + row.channels() + " alone";
    };
  }

  private Optional<DataTable> effort() throws IOException {
    return folder.table(
        experiment + "/",
        EffortRow.TABLE,
        Columns.of(EffortRow.class)
            .with("quantity", EffortRow::quantity)
            .with("centre", row -> PageText.quantity(row.centre()))
            .with("edge", row -> PageText.quantity(row.edge()))
            .with(
                "centre / edge, 95 % interval",
                row -> PageText.interval(row.ratio(), row.ciLow(), row.ciHigh()))
            .with("seeds", EffortRow::seeds),
        "Effort of reaching a cat when pixels are restricted to the central or the outer quarter"
            + " of the canvas. Runs that reached no cat count with all their evaluations and"
            + " pixels.");
  }

  private Optional<DataTable> otherMoves() throws IOException {
    return folder.table(
        experiment + "/",
        MoveCurveRow.TABLE,
        rows -> rows.stream().filter(row -> !MovePlots.isByDistance(row)).toList(),
        model ->
            Columns.of(MoveCurveRow.class)
                .with("move", MoveCurveRow::move)
                .with("step", row -> PageText.quantity(row.step()))
                .with(
                    "Δlogit, 95 % interval",
                    row ->
                        PageText.interval(
                            OptionalDouble.of(row.deltaLogit()), row.ciLow(), row.ciHigh()))
                .with("share of the evidence lost", row -> PageText.percent(row.shareLost())),
        "Patterns under other moves: mirrored, shrunk towards the centre (1 is the original size),"
            + " edge and centre exchanged (invert), scattered. A loss of 100 % is equivalent to an"
            + " empty canvas; above it, the moved pattern is less of a cat than that.");
  }

  private Optional<DataTable> combs() throws IOException {
    return folder.table(
        experiment + "/",
        StrideComb.TABLE,
        Columns.of(StrideComb.class)
            .with("multiples of", StrideComb::modulus)
            .with("how many", StrideComb::multiples)
            .with(
                "difference, 95 % interval",
                row -> PageText.interval(row.difference(), row.ciLow(), row.ciHigh()))
            .with("p, corrected", row -> PageText.p(row.pHolm())),
        "Rolls by multiples of a stride against neighbouring rolls: below 0, multiples lose"
            + " less.");
  }

  private Optional<DataTable> harmAndHelp() throws IOException {
    return folder.table(
        experiment + "/",
        HarmAndHelpRow.TABLE,
        rows -> rows.stream().filter(row -> row.runs() > 0).toList(),
        model ->
            Columns.of(HarmAndHelpRow.class)
                .with(
                    "edge rank",
                    row ->
                        row.uTo() - row.uFrom() == 1
                            ? "all" + (row.cats() ? "" : " (no run is a cat)")
                            : PageText.quantity(row.uFrom())
                                + " to "
                                + PageText.quantity(row.uTo()))
                .with("runs", HarmAndHelpRow::runs)
                .with(
                    "share that harm alone and help in place, 95 % interval",
                    row -> PageText.interval(row.share(), row.ciLow(), row.ciHigh()))
                .with("alone", row -> PageText.quantity(row.aloneDeltaLogit()))
                .with("in place", row -> PageText.quantity(row.evolvedDeltaLogit())),
        "Black pixels of the evolved images that push away from the target alone on white, and"
            + " towards the target in the image: an effect of the pattern, not of a single pixel. The"
            + " last columns are Δlogit of such pixels (below 0: towards the target).");
  }

  private Optional<DataTable> surrogates() throws IOException {
    Map<String, List<EffectRow>> effects = new HashMap<>();
    for (String model : folder.models()) {
      effects.put(
          model, folder.read(EffectRow.TABLE, model + "/" + experiment + "/" + EffectRow.FILE));
    }
    return folder.table(
        experiment + "/",
        FitRow.TABLE,
        rows -> rows,
        model ->
            Columns.of(FitRow.class)
                .with("surrogate", FitRow::surrogate)
                .with("images of", FitRow::sample)
                .with("images", FitRow::images)
                .with("R\u00b2 of the logit", row -> Decimals.fixed(row.rSquared(), 2))
                .with("R\u00b2, recalibrated", row -> PageText.quantity(row.rSquaredRecalibrated()))
                .with("mean error, logits", row -> Decimals.fixed(row.bias(), 2))
                .with(
                    "share of the edge bias, 95 % interval",
                    row ->
                        Surrogates.reproduced(
                                effects.getOrDefault(model, List.of()), row.surrogate())
                            .orElse("")),
        "How well each surrogate predicts the logits of images that it was not fitted to: of"
            + " scattered pixels, drawn anew, and along the control's climbs. R\u00b2 of 1 is"
            + " a perfect prediction; below 0, the mean logit predicts better. Recalibrated:"
            + " after an intercept and a slope that are fitted to half of the images (half of"
            + " the runs for climbs) and applied to the others. The simplest surrogate whose E"
            + " is within \u00b10.05 of the network's, by an equivalence test, explains where"
            + " pixels lie; it need not explain p(target). Share of the edge bias: \u00bd \u2212"
            + " E on the surrogate divided by \u00bd \u2212 E on the network, where both gain"
            + " equally many logits over white. Above 100 %, the search on the surrogate has"
            + " the stronger edge bias.");
  }

  private Optional<DataTable> manipulations() throws IOException {
    return folder.table(
        experiment + "/",
        ManipulationRow.TABLE,
        Columns.of(ManipulationRow.class)
            .with("arms", row -> row.control() + ", " + row.treatment())
            .with(
                "accuracy in place",
                row -> percents(row.controlAccuracy(), row.treatmentAccuracy()))
            .with(
                "accuracy, shifted photos",
                row -> percents(row.controlShiftedAccuracy(), row.treatmentShiftedAccuracy()))
            .with(
                "loss spared, 95 % interval",
                row -> PageText.interval(row.spared(), row.ciLow(), row.ciHigh()))
            .with("p", row -> PageText.p(row.p()))
            .with("effect shown", row -> row.shown() ? "yes" : "no"),
        "Manipulation check: if training on shifted photos had the intended effect, shifting test"
            + " photos costs these networks less accuracy than the others. Units are photos;"
            + " without this effect, the experiment says nothing about training position.");
  }

  private static String percents(double control, double treatment) {
    return PageText.percent(control) + ", " + PageText.percent(treatment);
  }

  /** Test performance of the networks trained for an experiment, one line per arm. */
  private record Networks(ReportFolder folder, String experiment) {
    private static final List<String> HEADER =
        List.of(
            "model",
            "arm",
            "networks",
            "test accuracy, mean (range)",
            "ROC AUC, mean (range)",
            "p(target) of white, mean (range)");

    /** Empty if none were trained. */
    Optional<DataTable> table() throws IOException {
      List<List<String>> rows = new ArrayList<>();
      String csv = null;
      boolean fineTuned = false;
      for (String model : folder.models()) {
        String file = model + "/" + experiment + "/" + NetworkRow.FILE;
        Map<String, List<NetworkRow>> arms = new LinkedHashMap<>();
        for (NetworkRow row : folder.read(NetworkRow.TABLE, file)) {
          arms.computeIfAbsent(row.arm(), a -> new ArrayList<>()).add(row);
          fineTuned |= !row.fineTunedFrom().isEmpty();
        }
        for (Map.Entry<String, List<NetworkRow>> arm : arms.entrySet()) {
          rows.add(row(model, arm.getKey(), arm.getValue()));
        }
        csv = csv == null && !arms.isEmpty() ? file : csv;
      }
      return rows.isEmpty() ? Optional.empty() : Optional.of(table(rows, csv, fineTuned));
    }

    private static DataTable table(
        List<List<String>> rows, @Nullable String csv, boolean fineTuned) {
      return new DataTable(
          HEADER,
          rows,
          "Performance of the networks trained for this experiment on test photos that were not"
              + " used in training."
              + (fineTuned
                  ? " They are fine-tunes of one network and stay close to it: what they show holds"
                      + " for that network."
                  : ""),
          csv);
    }

    private static List<String> row(String model, String arm, List<NetworkRow> networks) {
      return List.of(
          model,
          arm,
          Integer.toString(networks.size()),
          range(networks, TrainedRow::testAccuracy, v -> Decimals.fixed(100 * v, 1) + "\u00a0%"),
          range(networks, TrainedRow::rocAuc, v -> Decimals.fixed(v, 3)),
          range(networks, TrainedRow::whiteCatProbability, v -> Decimals.fixed(v, 2)));
    }

    private static String range(
        List<NetworkRow> networks,
        ToDoubleFunction<TrainedRow> figure,
        DoubleFunction<String> text) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (NetworkRow network : networks) {
        double value = figure.applyAsDouble(network.trained());
        least = Math.min(least, value);
        most = Math.max(most, value);
        sum += value;
      }
      return "%s (%s to %s)"
          .formatted(text.apply(sum / networks.size()), text.apply(least), text.apply(most));
    }
  }
}
