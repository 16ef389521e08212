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
import org.whisker.hypothesis.Hypothesis.Shown;
import org.whisker.hypothesis.Surrogates;
import org.whisker.hypothesis.Surrogates.FitRow;
import org.whisker.io.Decimals;
import org.whisker.page.PageText;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** The tables of an experiment over all models that have it. */
final class ExperimentTables {
  private static final int SHOWN_CHANNELS = 6;

  private final ReportFolder folder;
  private final String experiment;

  ExperimentTables(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  /** The cells of a row; empty if the row is omitted. */
  private interface Cells<R extends Record> {
    Optional<List<String>> of(String model, R row);
  }

  /** The tables that have rows, in this order. */
  List<DataTable> all(List<Shown> shown) throws IOException {
    List<DataTable> tables = new ArrayList<>();
    for (Shown each : shown) {
      switch (each) {
        case EFFORT -> effort().ifPresent(tables::add);
        case RELEASE -> new EntrySummaries(folder, experiment).release().ifPresent(tables::add);
        case ENTRY_EFFORT -> new EntrySummaries(folder, experiment).effort().ifPresent(tables::add);
        case VALLEY -> new EntrySummaries(folder, experiment).valley().ifPresent(tables::add);
        case ENTRY_TIMES -> new EntrySummaries(folder, experiment).times().ifPresent(tables::add);
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
        case EDGE_INDEX,
            EDGE_INDEX_OF_CATS,
            CLIMBS,
            GIVEN_PIXELS,
            GAINS,
            RELEASE_CURVE,
            FLAT_FITNESS,
            CONFIDENCE,
            DENSITY_MAPS,
            RINGS,
            DOSE,
            PARTS,
            CARRIERS,
            CARRIER_PHOTOS,
            MOVES,
            ORIGINS,
            RESIDUES -> {
          // figures, see ExperimentFigures
        }
      }
    }
    return tables;
  }

  private Optional<DataTable> partPlaces() throws IOException {
    return table(
        PartPlaceRow.FILE,
        PartPlaceRow.TABLE,
        List.of(
            "model",
            "changed",
            "where",
            "share that goes, 95 % interval",
            "Δlogit that goes, 95 % interval",
            "with random channels",
            "gain",
            "p, corrected"),
        ExperimentTables::partPlace,
        "What of the cost of the middle above the edge goes when padding wraps around in one stage or"
            + " on one side, or when the tenth of a layer's channels that differ most at the border is"
            + " set to what it is in the centre of white. Shares of single places need not add up to"
            + " one. Gain: the answer to pixels anywhere, as a share of the network's own.");
  }

  private static Optional<List<String>> partPlace(String model, PartPlaceRow row) {
    return Optional.of(
        List.of(
            model,
            row.kind(),
            row.place(),
            PageText.interval(row.share(), row.shareCiLow(), row.shareCiHigh()),
            PageText.interval(row.goes(), row.ciLow(), row.ciHigh()),
            PageText.quantity(row.random()),
            PageText.quantity(row.gain()),
            PageText.p(row.pHolm())));
  }

  private Optional<DataTable> partEdges() throws IOException {
    return table(
        PartEdgeRow.FILE,
        PartEdgeRow.TABLE,
        List.of(
            "model",
            "part",
            "of \u00bd \u2212 E, 95 % interval",
            "share, 95 % interval",
            "gain, logits",
            "seeds",
            "no share, since"),
        (model, row) ->
            Optional.of(
                List.of(
                    model,
                    row.part(),
                    PageText.interval(row.value(), row.ciLow(), row.ciHigh()),
                    PageText.interval(row.share(), row.shareCiLow(), row.shareCiHigh()),
                    PageText.quantity(row.gain()),
                    Integer.toString(row.seeds()),
                    row.reason())),
        "How much of \u00bd \u2212 E padding and the head bring about: Shapley values over runs from"
            + " the same seeds, each network's image taken at the gain over white that half of the"
            + " runs of each reached. Where a network that is blind to places gains less than half as"
            + " much as the network itself, nothing is shared out.");
  }

  private Optional<DataTable> carrierChannels() throws IOException {
    return table(
        ChannelRow.FILE,
        ChannelRow.TABLE,
        List.of(
            "model",
            "layer",
            "channels",
            "share restored, 95 % interval",
            "first-order estimate",
            "images"),
        ExperimentTables::channel,
        "The fewest channels of one layer that carry 90 % of the evidence of half of the images when"
            + " their activations are put into white, as many random ones, and the first six alone."
            + " Of three rankings it is the one of which the fewest channels suffice. Shares are of"
            + " the other half of the images, and can be less. The first-order estimate is derivative times difference; how well"
            + " it agrees stands among the observations."
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
    return table(
        SeenRow.FILE,
        SeenRow.TABLE,
        List.of(
            "model",
            "channel",
            "AUC of cats, 95 % interval",
            "p, corrected",
            "cats among the top 8",
            "activation in the outermost ring, 95 % interval",
            "if even",
            "photos"),
        (model, row) ->
            Optional.of(
                List.of(
                    model,
                    row.kind() + " " + row.channel(),
                    PageText.interval(OptionalDouble.of(row.auc()), row.aucLow(), row.aucHigh()),
                    PageText.p(row.pHolm()),
                    PageText.percent(row.catsAmongTop()),
                    PageText.interval(row.outermost(), row.outermostLow(), row.outermostHigh()),
                    PageText.quantity(row.uniform()),
                    row.cats() + " and " + row.others())),
        "What the channels that carry the evidence of evolved images do in photos, and as many"
            + " random channels of the layer. AUC: the probability that a channel's relevance for"
            + " cat is higher in a photo of a cat than in another. Channels of a network that tells"
            + " cats apart have AUCs above a half, so compare carriers with random ones.");
  }

  private static Optional<List<String>> channel(String model, ChannelRow row) {
    String what =
        switch (row.what()) {
          case ChannelRow.FIRST -> Text.of("the first %d of %d", row.channels(), row.of());
          case ChannelRow.RANDOM -> Text.of("%d of %d at random", row.channels(), row.of());
          default -> "number " + row.channels() + " alone";
        };
    return row.rank() > SHOWN_CHANNELS
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.layer(),
                what,
                PageText.interval(row.restored(), row.ciLow(), row.ciHigh()),
                PageText.quantity(row.estimated()),
                Integer.toString(row.pairs())));
  }

  private Optional<DataTable> effort() throws IOException {
    return table(
        EffortRow.FILE,
        EffortRow.TABLE,
        List.of("model", "quantity", "centre", "edge", "centre / edge, 95 % interval", "seeds"),
        ExperimentTables::effort,
        "Effort of reaching a cat when pixels are restricted to the central or the outer quarter"
            + " of the canvas. Runs that reached no cat count with all their evaluations and"
            + " pixels.");
  }

  private Optional<DataTable> otherMoves() throws IOException {
    return table(
        MoveCurveRow.FILE,
        MoveCurveRow.TABLE,
        List.of("model", "move", "step", "Δlogit, 95 % interval", "share of the evidence lost"),
        ExperimentTables::move,
        "Patterns under other moves: mirrored, shrunk towards the centre (1 is the original"
            + " size), edge and centre exchanged (invert), scattered. A loss of 100 % is"
            + " equivalent to an empty canvas; above it, the moved pattern is less of a cat than that.");
  }

  private Optional<DataTable> combs() throws IOException {
    return table(
        StrideComb.FILE,
        StrideComb.TABLE,
        List.of("model", "multiples of", "how many", "difference, 95 % interval", "p, corrected"),
        ExperimentTables::comb,
        "Rolls by multiples of a stride against neighbouring rolls: below 0, multiples lose"
            + " less.");
  }

  private Optional<DataTable> harmAndHelp() throws IOException {
    return table(
        HarmAndHelpRow.FILE,
        HarmAndHelpRow.TABLE,
        List.of(
            "model",
            "edge rank",
            "runs",
            "share that harm alone and help in place, 95 % interval",
            "alone",
            "in place"),
        ExperimentTables::both,
        "Black pixels of the evolved images that push away from cat alone on white and towards it where they are: what the pattern does, no single pixel. The last columns are Δlogit of such pixels (below 0: towards cat).");
  }

  private Optional<DataTable> surrogates() throws IOException {
    Map<String, List<EffectRow>> effects = new HashMap<>();
    for (String model : folder.models()) {
      effects.put(
          model, folder.read(EffectRow.TABLE, model + "/" + experiment + "/" + EffectRow.FILE));
    }
    return table(
        FitRow.FILE,
        FitRow.TABLE,
        List.of(
            "model",
            "surrogate",
            "images of",
            "images",
            "R\u00b2 of the logit",
            "R\u00b2, recalibrated",
            "mean error, logits",
            "share of the edge bias, 95 % interval"),
        (model, row) ->
            Optional.of(
                List.of(
                    model,
                    row.surrogate(),
                    row.sample(),
                    Integer.toString(row.images()),
                    Decimals.fixed(row.rSquared(), 2),
                    PageText.quantity(row.rSquaredRecalibrated()),
                    Decimals.fixed(row.bias(), 2),
                    Surrogates.reproduced(effects.getOrDefault(model, List.of()), row.surrogate())
                        .orElse(""))),
        "How well each surrogate predicts the logits of images that it was not fitted to: of scattered"
            + " pixels, drawn anew, and along the control's climbs. R\u00b2 of 1 is a perfect"
            + " prediction; below 0, the mean logit predicts better. Recalibrated: after an intercept"
            + " and a slope that are fitted to half of the images (half of the runs for climbs) and"
            + " applied to the others. The simplest surrogate whose E is within \u00b10.05 of the"
            + " network's, by an equivalence test, explains where pixels lie; it need not explain"
            + " p(cat). Share of the edge bias: \u00bd \u2212 E on the surrogate by that on the network,"
            + " where both gain as many logits over white. Above 100 %, the search on the surrogate has"
            + " the stronger edge bias.");
  }

  private Optional<DataTable> manipulations() throws IOException {
    return table(
        ManipulationRow.FILE,
        ManipulationRow.TABLE,
        List.of(
            "model",
            "arms",
            "accuracy in place",
            "accuracy, shifted photos",
            "loss spared, 95 % interval",
            "p",
            "effect shown"),
        ExperimentTables::manipulation,
        "Manipulation check: if training on shifted photos had the intended effect, shifting test"
            + " photos costs these networks less accuracy than the others. Units are photos;"
            + " without this effect, the experiment says nothing about training position.");
  }

  private <R extends Record> Optional<DataTable> table(
      String name, Table<R> table, List<String> header, Cells<R> cells, String caption)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + name;
      for (R row : folder.read(table, file)) {
        cells.of(model, row).ifPresent(rows::add);
        csv = csv == null ? file : csv;
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataTable(header, rows, caption, csv));
  }

  private static Optional<List<String>> effort(String model, EffortRow row) {
    return Optional.of(
        List.of(
            model,
            row.quantity(),
            PageText.quantity(row.centre()),
            PageText.quantity(row.edge()),
            PageText.interval(row.ratio(), row.ciLow(), row.ciHigh()),
            Integer.toString(row.seeds())));
  }

  private static Optional<List<String>> manipulation(String model, ManipulationRow row) {
    return Optional.of(
        List.of(
            model,
            row.control() + ", " + row.treatment(),
            percents(row.controlAccuracy(), row.treatmentAccuracy()),
            percents(row.controlShiftedAccuracy(), row.treatmentShiftedAccuracy()),
            PageText.interval(row.spared(), row.ciLow(), row.ciHigh()),
            PageText.p(row.p()),
            row.shown() ? "yes" : "no"));
  }

  private static String percents(double control, double treatment) {
    return PageText.percent(control) + ", " + PageText.percent(treatment);
  }

  private static Optional<List<String>> move(String model, MoveCurveRow row) {
    return MovePlots.isByDistance(row)
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.move(),
                PageText.quantity(row.step()),
                PageText.interval(OptionalDouble.of(row.deltaLogit()), row.ciLow(), row.ciHigh()),
                PageText.percent(row.shareLost())));
  }

  private static Optional<List<String>> both(String model, HarmAndHelpRow row) {
    return row.runs() == 0
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.uTo() - row.uFrom() == 1
                    ? "all" + (row.cats() ? "" : " (no run is a cat)")
                    : PageText.quantity(row.uFrom()) + " to " + PageText.quantity(row.uTo()),
                Integer.toString(row.runs()),
                PageText.interval(row.share(), row.ciLow(), row.ciHigh()),
                PageText.quantity(row.aloneDeltaLogit()),
                PageText.quantity(row.evolvedDeltaLogit())));
  }

  private static Optional<List<String>> comb(String model, StrideComb row) {
    return Optional.of(
        List.of(
            model,
            Integer.toString(row.modulus()),
            Integer.toString(row.multiples()),
            PageText.interval(row.difference(), row.ciLow(), row.ciHigh()),
            PageText.p(row.pHolm())));
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
            "p(cat) of white, mean (range)");

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
          "Performance of the networks trained for this experiment on test photos that were not used"
              + " in training."
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
