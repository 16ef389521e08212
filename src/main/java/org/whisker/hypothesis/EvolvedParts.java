package org.whisker.hypothesis;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.ArmChecks.GainCheck;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.Measure;
import org.whisker.ablation.PartShares.Part;
import org.whisker.ablation.PartShares.Variant;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.WithheldComparison;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Ratio;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;
import org.whisker.value.Text;

/**
 * Experiment {@code place-parts-evolved}: the four networks of {@link PlaceParts}, by where evolved
 * pixels lie. The Shapley values of padding and head in ½ − E are formed over runs from one seed,
 * at the gain of the logit over white that half of the runs of each network reached.
 */
public final class EvolvedParts {
  private static final String OWN = "own";
  private static final String CIRCULAR = "circular";
  private static final String AVERAGED = "averaged-head";
  private static final String BOTH = "both-blind";
  private static final double UNBIASED = 0.5;
  private static final int FEWEST = 2;
  private static final Map<Variant, String> ARMS =
      new EnumMap<>(
          Map.of(
              Variant.OWN, OWN,
              Variant.CIRCULAR, CIRCULAR,
              Variant.AVERAGED, AVERAGED,
              Variant.BOTH, BOTH));

  static final Ablation EXPERIMENT =
      new Ablation(
              "place-parts-evolved",
              "evolution with the network's own padding and head, with either made blind to places,"
                  + " and with both, from the same seeds; if they draw pixels to the edge, E rises;"
                  + " Shapley values of padding and head in \u00bd \u2212 E at equal gain",
              "a network whose layers are known",
              s -> design(),
              List.of(EvolvedParts::shares),
              List.of())
          .testing("place-parts")
          .checked(
              Stream.of(CIRCULAR, AVERAGED, BOTH)
                  .<Function<FinishedArms, Optional<WithheldComparison>>>map(
                      arm -> new GainCheck(pair(arm).label(), arm, OWN, GainCheck.HALF))
                  .toList());

  private EvolvedParts() {}

  private static AblationDesign design() {
    List<AblationArm> arms =
        List.of(
            AblationArm.control(OWN, "its own padding and head"),
            AblationArm.of(
                CIRCULAR, "padding that wraps around in every window", Variant.CIRCULAR.variant()),
            AblationArm.of(
                AVERAGED,
                "the head averaged over all rolls of the last feature map",
                Variant.AVERAGED.variant()),
            AblationArm.of(BOTH, "both, and so blind to places", Variant.BOTH.variant()));
    return new AblationDesign(arms, List.of(pair(CIRCULAR), pair(AVERAGED), pair(BOTH)));
  }

  private static ArmContrast pair(String arm) {
    return ArmContrast.pair(arm, OWN, Measure.EDGE_INDEX, Prediction.RISES);
  }

  private static SupplementaryTable shares(FinishedArms finished) {
    return new SupplementaryTable(
        List.of(
            new Table.Rows<>(
                PartEdgeRow.TABLE,
                rows(
                    finished.arms(),
                    SplitMix64.stream(
                        finished.setting().seed(),
                        finished.model().name() + " evolved parts",
                        0)))));
  }

  /** One row a part; empty where not all four arms were run. */
  static List<PartEdgeRow> rows(Map<String, ArmRuns> arms, RandomGenerator random) {
    if (!arms.keySet().containsAll(ARMS.values())) {
      return List.of();
    }
    double gain = ARMS.values().stream().mapToDouble(arm -> median(of(arms, arm))).min().orElse(0);
    List<Map<Variant, Double>> seeds = gain > 0 ? seeds(arms, gain) : List.of();
    String reason = reason(arms, gain, seeds.size());
    return Stream.of(Part.PADDING, Part.HEAD, Part.REMAINDER)
        .map(part -> row(part, gain, seeds, reason, random))
        .toList();
  }

  private static ArmRuns of(Map<String, ArmRuns> arms, String arm) {
    return Objects.requireNonNull(arms.get(arm));
  }

  /** The gain that half of the runs reached. */
  private static double median(ArmRuns arm) {
    double[] gains =
        arm.runs().stream().mapToDouble(run -> Measure.GAIN.of(run).orElse(0)).sorted().toArray();
    return gains.length == 0 ? 0 : gains[gains.length / 2];
  }

  /** ½ − E of all four networks at the gain, where all of them have one from a seed. */
  private static List<Map<Variant, Double>> seeds(Map<String, ArmRuns> arms, double gain) {
    Map<Long, Map<Variant, Double>> bySeed = new TreeMap<>();
    ARMS.forEach(
        (variant, arm) -> {
          for (ArmRun run : of(arms, arm).runs()) {
            run.atGain(gain)
                .map(ArmRun.Step::edgeIndex)
                .filter(OptionalDouble::isPresent)
                .ifPresent(
                    e ->
                        bySeed
                            .computeIfAbsent(run.seed(), seed -> new EnumMap<>(Variant.class))
                            .put(variant, UNBIASED - e.getAsDouble()));
          }
        });
    return bySeed.values().stream().filter(each -> each.size() == ARMS.size()).toList();
  }

  /** Why there is no share; empty where there is. */
  private static String reason(Map<String, ArmRuns> arms, double gain, int seeds) {
    double own = median(of(arms, OWN));
    if (gain < GainCheck.HALF * own) {
      String least =
          ARMS.values().stream()
              .filter(arm -> median(of(arms, arm)) <= gain)
              .findFirst()
              .orElseThrow();
      return Text.of(
          "half of the runs of %s gain at most %.2f logits over white, less than half of those of"
              + " %s"
              + " (%.2f)",
          least, gain, OWN, own);
    }
    return seeds < FEWEST ? "fewer than two seeds have all four images at that gain" : "";
  }

  private static PartEdgeRow row(
      Part part,
      double gain,
      List<Map<Variant, Double>> seeds,
      String reason,
      RandomGenerator random) {
    double[] value = seeds.stream().mapToDouble(seed -> value(part, seed)).toArray();
    double[] whole = seeds.stream().mapToDouble(seed -> of(seed, Variant.OWN)).toArray();
    if (value.length < FEWEST) {
      OptionalDouble none = OptionalDouble.empty();
      return new PartEdgeRow(
          part.label(), gain, value.length, none, none, none, none, none, none, reason);
    }
    Interval interval = Bootstrap.standard().mean(value, random);
    Interval biased = Bootstrap.standard().mean(whole, random);
    boolean isBiased = biased.low() > 0 || biased.high() < 0;
    String why =
        reason.isEmpty() && !isBiased ? "the own network shows no bias at that gain" : reason;
    Optional<Estimate> share =
        why.isEmpty() ? Optional.of(Ratio.of(value, whole, random)) : Optional.empty();
    return new PartEdgeRow(
        part.label(),
        gain,
        value.length,
        OptionalDouble.of(Arrays.stream(value).average().orElseThrow()),
        OptionalDouble.of(interval.low()),
        OptionalDouble.of(interval.high()),
        OptionalNumber.of(share, Estimate::value),
        OptionalNumber.of(share, s -> s.interval().low()),
        OptionalNumber.of(share, s -> s.interval().high()),
        why);
  }

  private static double of(Map<Variant, Double> seed, Variant variant) {
    return Objects.requireNonNull(seed.get(variant));
  }

  private static double value(Part part, Map<Variant, Double> seed) {
    double own = of(seed, Variant.OWN);
    double circular = of(seed, Variant.CIRCULAR);
    double averaged = of(seed, Variant.AVERAGED);
    double both = of(seed, Variant.BOTH);
    return switch (part) {
      case PADDING -> (own - circular + averaged - both) / 2;
      case HEAD -> (own - averaged + circular - both) / 2;
      case OTHERS -> 0; // searches are run of padding and the head alone
      case REMAINDER -> both;
    };
  }

  /** A row of {@value #FILE}: the Shapley value of a part in where evolved pixels lie. */
  public record PartEdgeRow(
      @Column(meaning = "padding, head, or what is left when both are blind") String part,
      @Column(
              unit = "logit",
              meaning =
                  "gain of the logit over white at which the networks are compared: what half of"
                      + " the runs of each reached")
          double gain,
      @Column(meaning = "number of seeds from which all four networks have an image at that gain")
          int seeds,
      @Column(
              meaning =
                  "its Shapley value in \u00bd \u2212 E: above 0, it draws pixels to the edge")
          OptionalDouble value,
      @Column(meaning = "lower end of its 95 % interval over seeds") OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "as a share of \u00bd \u2212 E of the network itself; empty where there is a"
                      + " reason")
          OptionalDouble share,
      @Column(unit = "share") OptionalDouble shareCiLow,
      @Column(unit = "share") OptionalDouble shareCiHigh,
      @Column(meaning = "why there is no share; empty where there is one") String reason) {
    public static final String FILE = "part_edge_shares.csv";
    public static final Table<PartEdgeRow> TABLE = Table.of(PartEdgeRow.class, FILE);
  }
}
