package org.whisker.position.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.position.PairProbe.Interactions;
import org.whisker.position.PairProbe.PixelPair;
import org.whisker.position.RingRange;
import org.whisker.stats.Correlation.LinearAgreement;
import org.whisker.stats.Estimate;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * The tables of a probe. Maps are indexed by place: x and y are those of a block's top left pixel.
 * The maps of a mode are {@code probe} and {@code predicted}, with the suffix {@code _remove} when
 * pixels are set to white.
 */
public final class ProbeTables {
  /** Measured Δlogit against the target by place; 0 where the change does not alter the image. */
  public static final String PROBE = "probe";

  /** Δlogit as predicted by the gradient. */
  public static final String PREDICTED = "predicted";

  private ProbeTables() {}

  /** The name of a mode's file. */
  public static String name(String what, boolean adds) {
    return adds ? what : what + "_remove";
  }

  /**
   * Writes all measurements: maps, {@code profile.csv}, {@code summary.csv} and the gradient.
   *
   * @param gradient the gradient of the logit against the target by pixel, in logits per step of
   *     gray
   * @param parts number of bins of edge rank in the profile
   */
  public static void write(
      Path folder, List<ProbeMode> modes, Canvas canvas, float[] gradient, int parts)
      throws IOException {
    for (ProbeMode mode : modes) {
      boolean adds = mode.label().equals(ProbeMode.ADD);
      Canvas places = mode.map().canvas();
      MapFiles.write(folder.resolve(name(PROBE, adds)), places, mode.map().values(), "delta_logit");
      MapFiles.write(
          folder.resolve(name(PREDICTED, adds)),
          places,
          mode.prediction(),
          "predicted_delta_logit");
    }
    MapFiles.write(
        folder.resolve("gradient"), canvas, MapFiles.doubles(gradient), "logits_per_step");
    RingRow.TABLE.writeIn(
        folder, modes.stream().flatMap(mode -> RingRow.of(mode, parts).stream()).toList());
    ModeRow.TABLE.writeIn(folder, modes.stream().map(ModeRow::of).toList());
  }

  /** Writes {@code pairs.csv} and {@code interactions.csv}. */
  public static void write(
      Path folder, Canvas places, List<PixelPair> pairs, Interactions interactions)
      throws IOException {
    PairRow.TABLE.writeIn(folder, pairs.stream().map(pair -> PairRow.of(places, pair)).toList());
    InteractionRow.TABLE.writeIn(folder, InteractionRow.of(interactions));
  }

  /** A mode of a probe, a row of its {@code summary.csv}. */
  public record ModeRow(
      @Column(meaning = "add (to black) or remove (to white)") String mode,
      @Column(unit = "px", meaning = "side length, in pixels, of the block that is changed")
          int block,
      @Column(unit = "logit", meaning = "logit against the target of the unchanged image")
          double baselineLogit,
      @Column(meaning = "number of places at which the change alters the image") int places,
      @Column(unit = "share", meaning = "share of places with a Δlogit below 0, towards the target")
          double shareHelping,
      @Column(
              unit = "logit",
              meaning = "mean over places of the logit with the change minus the logit without")
          double meanDeltaLogit,
      @Column(meaning = "rank correlation of edge rank and Δlogit, where it is defined")
          OptionalDouble rhoEdgeRank,
      @Column(unit = "probability") OptionalDouble pEdgeRank,
      @Column(
              meaning =
                  "rank correlation of predicted and measured Δlogit; this and the next "
                      + "three are empty where undefined")
          OptionalDouble spearmanPredicted,
      OptionalDouble pearsonPredicted,
      @Column(meaning = "slope of measured Δlogit over predicted Δlogit") OptionalDouble slope,
      @Column(unit = "logit") OptionalDouble intercept) {
    public static final String FILE = "summary.csv";
    public static final Table<ModeRow> TABLE = Table.of(ModeRow.class, FILE);

    public static ModeRow of(ProbeMode mode) {
      BlockMap map = mode.map();
      return new ModeRow(
          mode.label(),
          map.probe().block(),
          map.baseline(),
          map.changed().length,
          map.helping(),
          map.mean(),
          OptionalNumber.of(mode.byEdgeRank(), TestResult::statistic),
          OptionalNumber.of(mode.byEdgeRank(), TestResult::p),
          OptionalNumber.of(mode.agreement(), LinearAgreement::spearman),
          OptionalNumber.of(mode.agreement(), LinearAgreement::pearson),
          OptionalNumber.of(mode.agreement(), LinearAgreement::slope),
          OptionalNumber.of(mode.agreement(), LinearAgreement::intercept));
    }

    /** Whether pixels are set to black rather than to white. */
    public boolean adds() {
      return mode.equals(ProbeMode.ADD);
    }
  }

  /**
   * A row of a probe's {@code profile.csv}: the effect of a change in adjacent rings, by mode and
   * from the border inwards.
   */
  public record RingRow(
      String mode,
      @Column(meaning = "the rings") RingRange where,
      @Column(meaning = "number of places at which the change alters the image") int places,
      @Column(
              unit = "logit",
              meaning =
                  "mean change of the logit against the target; this and the next two columns are"
                      + " empty when there are no such places")
          OptionalDouble meanDeltaLogit,
      @Column(unit = "share", meaning = "share of places with a Δlogit below 0, towards the target")
          OptionalDouble shareHelping,
      @Column(unit = "logit", meaning = "mean Δlogit as predicted by the gradient")
          OptionalDouble meanPredicted,
      @Column(
              unit = "logit",
              meaning = "lower quartile of the places' Δlogit; empty where mean_delta_logit is")
          OptionalDouble lowerQuartile,
      @Column(unit = "logit", meaning = "upper quartile of the places' Δlogit")
          OptionalDouble upperQuartile) {
    public static final String FILE = "profile.csv";
    public static final Table<RingRow> TABLE = Table.of(RingRow.class, FILE);

    /** One row per bin of rings, with at most the given number of bins. */
    public static List<RingRow> of(ProbeMode mode, int parts) {
      List<BlockMap.Ring> measured = mode.map().rings(parts);
      List<BlockMap.Ring> predicted = mode.map().rings(mode.prediction(), parts);
      List<RingRow> rows = new ArrayList<>();
      for (int i = 0; i < measured.size(); i++) {
        BlockMap.Ring ring = measured.get(i);
        rows.add(
            new RingRow(
                mode.label(),
                RingRange.of(ring.where()),
                ring.places(),
                ring.mean(),
                ring.helping(),
                predicted.get(i).mean(),
                ring.lowerQuartile(),
                ring.upperQuartile()));
      }
      return rows;
    }
  }

  /**
   * A row of a probe's {@code pairs.csv}: the effect of changing two blocks together. Coordinates
   * are those of a block's top left pixel, in pixels.
   */
  public record PairRow(
      PixelPair.Group group,
      int xA,
      int yA,
      int xB,
      int yB,
      @Column(unit = "px") double distance,
      @Column(unit = "logit", meaning = "change of the logit against the target by block a alone")
          double deltaA,
      @Column(unit = "logit") double deltaB,
      @Column(unit = "logit") double deltaBoth,
      @Column(
              unit = "logit",
              meaning = "joint effect minus the sum of the separate effects, in logits")
          double interaction) {
    public static final String FILE = "pairs.csv";
    public static final Table<PairRow> TABLE = Table.of(PairRow.class, FILE);

    public static PairRow of(Canvas places, PixelPair pair) {
      int dx = places.x(pair.b()) - places.x(pair.a());
      int dy = places.y(pair.b()) - places.y(pair.a());
      return new PairRow(
          pair.group(),
          places.x(pair.a()),
          places.y(pair.a()),
          places.x(pair.b()),
          places.y(pair.b()),
          Math.hypot(dx, dy),
          pair.deltaA(),
          pair.deltaB(),
          pair.deltaBoth(),
          pair.interaction());
    }
  }

  /**
   * A row of a probe's {@code interactions.csv}, one per group: the deviation from additivity of
   * the effects of pairs. The last row is the difference between edge and centre.
   */
  public record InteractionRow(
      String group,
      int pairs,
      @Column(
              meaning =
                  "mean of the interaction ε, the joint effect of two blocks minus the "
                      + "sum of their separate effects, in logits; null for the difference")
          @Nullable Mean mean,
      @Column(
              unit = "probability",
              meaning =
                  "two-sided p-value against a mean of 0; for the difference row, "
                      + "against equal strengths")
          double meanP,
      @Column(meaning = "mean |ε| in logits, or the difference of two such means")
          Strength strength,
      @Column(unit = "logit", meaning = "mean |Δlogit| of a single block of these pairs")
          OptionalDouble meanAbsoluteOfOne) {
    public static final String FILE = "interactions.csv";
    public static final Table<InteractionRow> TABLE = Table.of(InteractionRow.class, FILE);

    /** The mean interaction with its 95 % interval. */
    public record Mean(
        @Column(unit = "logit") double mean,
        @Column(unit = "logit") double meanCiLow,
        @Column(unit = "logit") double meanCiHigh) {}

    /** The mean absolute interaction with its 95 % interval. */
    public record Strength(
        @Column(unit = "logit") double meanAbsolute,
        @Column(unit = "logit") double absoluteCiLow,
        @Column(unit = "logit") double absoluteCiHigh) {
      private static Strength of(Estimate e) {
        return new Strength(e.value(), e.interval().low(), e.interval().high());
      }
    }

    /** One row per group, followed by the difference between edge and centre. */
    public static List<InteractionRow> of(Interactions interactions) {
      List<InteractionRow> rows = new ArrayList<>();
      for (Interactions.OfGroup of : interactions.groups()) {
        Estimate mean = of.mean();
        rows.add(
            new InteractionRow(
                of.group().name().toLowerCase(Locale.ROOT),
                of.pairs(),
                new Mean(mean.value(), mean.interval().low(), mean.interval().high()),
                of.p(),
                Strength.of(of.strength()),
                OptionalDouble.of(of.strengthOfOne())));
      }
      rows.add(
          new InteractionRow(
              "edge less centre",
              interactions.groups().get(0).pairs(),
              null,
              interactions.p(),
              Strength.of(interactions.strengthDifference()),
              OptionalDouble.empty()));
      return rows;
    }
  }

  /**
   * The measurements of one mode of a probe.
   *
   * @param predicted Δlogit as predicted by the gradient, at the same places
   * @param agreement the agreement of predicted and measured Δlogit, where it is defined
   * @param byEdgeRank rank correlation of edge rank and Δlogit, where it is defined
   */
  public record ProbeMode(
      BlockMap map,
      List<Double> predicted,
      Optional<LinearAgreement> agreement,
      Optional<TestResult> byEdgeRank) {
    static final String ADD = "add";
    static final String REMOVE = "remove";

    public ProbeMode {
      predicted = List.copyOf(predicted);
      if (predicted.size() != map.canvas().pixels()) {
        throw new IllegalArgumentException(
            predicted.size() + " predictions for places " + map.canvas());
      }
    }

    /** The name on the command line: {@code add} (to black) or {@code remove} (to white). */
    public String label() {
      return map.probe().fill() == Fill.BLACK ? ADD : REMOVE;
    }

    /** The predictions by place. */
    double[] prediction() {
      return predicted.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
