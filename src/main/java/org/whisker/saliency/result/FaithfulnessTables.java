package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.saliency.faithfulness.ParameterRandomisation.RandomisedStep;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The tests of maps for faithfulness, as tables. Logits are of not-cat.
 *
 * @param maps {@code faithfulness.csv}, one row per image and method
 * @param curves {@code curves.csv}, one row per point of a deletion or insertion curve
 * @param randomisation {@code randomisation.csv}, one row per map and randomised network
 * @param agreement {@code agreement.csv}, one row per image and pair of methods
 */
public record FaithfulnessTables(
    List<FaithfulnessRow> maps,
    List<CurveRow> curves,
    List<RandomisationRow> randomisation,
    List<AgreementRow> agreement) {
  /** The name of the table that has one row per map. */
  public static final String MAPS = "faithfulness.csv";

  /** The name of the table of deletion and insertion. */
  public static final String CURVES = "curves.csv";

  /** The name of the table of randomised networks. */
  public static final String RANDOMISATION = "randomisation.csv";

  /** The name of the table that compares methods. */
  public static final String AGREEMENT = "agreement.csv";

  public FaithfulnessTables {
    maps = List.copyOf(maps);
    curves = List.copyOf(curves);
    randomisation = List.copyOf(randomisation);
    agreement = List.copyOf(agreement);
  }

  /** The tables of these maps, which are grouped by image. */
  public static FaithfulnessTables of(List<TestedMap> tested) {
    List<FaithfulnessRow> maps = new ArrayList<>();
    List<AgreementRow> pairs = new ArrayList<>();
    for (List<TestedMap> ofOne : byPicture(tested).values()) {
      MethodAgreement agreement =
          MethodAgreement.of(ofOne.stream().map(each -> each.map().map()).toList());
      ofOne.forEach(map -> maps.add(FaithfulnessRow.of(map, agreement)));
      pairs.addAll(AgreementRow.of(ofOne.get(0).map().picture().name(), agreement));
    }
    return new FaithfulnessTables(
        maps,
        tested.stream().flatMap(map -> CurveRow.of(map).stream()).toList(),
        tested.stream().flatMap(map -> RandomisationRow.of(map).stream()).toList(),
        pairs);
  }

  private static Map<ExplainedMap.Picture, List<TestedMap>> byPicture(List<TestedMap> maps) {
    Map<ExplainedMap.Picture, List<TestedMap>> pictures =
        Table.by(maps, map -> map.map().picture());
    return pictures;
  }

  /** Writes all four tables. */
  public void write(Path folder) throws IOException {
    FaithfulnessRow.TABLE.write(folder.resolve(MAPS), maps);
    CurveRow.TABLE.write(folder.resolve(CURVES), curves);
    RandomisationRow.TABLE.write(folder.resolve(RANDOMISATION), randomisation);
    AgreementRow.TABLE.write(folder.resolve(AGREEMENT), agreement);
  }

  /**
   * Reads all four tables; empty when the maps of the folder were not tested.
   *
   * @throws IOException naming file and line when a table is missing or can't be read
   */
  public static Optional<FaithfulnessTables> read(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(MAPS))) {
      return Optional.empty();
    }
    return Optional.of(
        new FaithfulnessTables(
            FaithfulnessRow.TABLE.read(folder.resolve(MAPS)),
            CurveRow.TABLE.read(folder.resolve(CURVES)),
            RandomisationRow.TABLE.read(folder.resolve(RANDOMISATION)),
            AgreementRow.TABLE.read(folder.resolve(AGREEMENT))));
  }

  /** The images whose maps were tested. */
  public List<String> images() {
    return maps.stream().map(FaithfulnessRow::image).distinct().toList();
  }

  /** The rows of one image. */
  public FaithfulnessTables of(String image) {
    return new FaithfulnessTables(
        maps.stream().filter(row -> row.image().equals(image)).toList(),
        curves.stream().filter(row -> row.image().equals(image)).toList(),
        randomisation.stream().filter(row -> row.image().equals(image)).toList(),
        agreement.stream().filter(row -> row.image().equals(image)).toList());
  }

  /** A row of {@code agreement.csv}: the agreement of two methods' maps of an image. */
  public record AgreementRow(
      String image,
      String methodA,
      String methodB,
      @Column(
              meaning =
                  "Spearman's rho of |value|, over the pixels where at least one map is " + "not 0")
          OptionalDouble rhoAbsolute,
      @Column(
              meaning =
                  "likewise of the signed values, both with the sign away from the "
                      + "target; empty when their signs are not comparable")
          OptionalDouble rhoSigned) {
    static final Table<AgreementRow> TABLE = Table.of(AgreementRow.class);

    /** One row per unordered pair of methods. */
    static List<AgreementRow> of(String image, MethodAgreement agreement) {
      List<AgreementRow> rows = new ArrayList<>();
      List<String> methods = agreement.methods();
      for (int a = 0; a < methods.size(); a++) {
        for (int b = a + 1; b < methods.size(); b++) {
          rows.add(
              new AgreementRow(
                  image,
                  methods.get(a),
                  methods.get(b),
                  agreement.absolute().get(a).get(b),
                  agreement.signed().get(a).get(b)));
        }
      }
      return rows;
    }

    /** Whether the row compares these two methods, in either order. */
    public boolean isOf(String a, String b) {
      return (methodA.equals(a) && methodB.equals(b)) || (methodA.equals(b) && methodB.equals(a));
    }
  }

  /**
   * A row of {@code curves.csv}: the classifier's output after a number of pixels have been removed
   * (deletion) or restored (insertion) in the map's order. The central 95 % of random orders lie
   * between low and high. The logit is of not-cat.
   */
  public record CurveRow(
      String image,
      String method,
      Kind curve,
      @Column(unit = "px", meaning = "number of pixels changed") int pixels,
      @Column(unit = "share", meaning = "share of the pixels that can be changed") double share,
      @Column(unit = "logit") double logit,
      @Column(unit = "logit") double logitRandomLow,
      @Column(unit = "logit") double logitRandomHigh,
      @Column(unit = "probability") double pTarget,
      @Column(value = "p_target_random_low", unit = "probability") double catRandomLow,
      @Column(value = "p_target_random_high", unit = "probability") double catRandomHigh,
      @Column(
              unit = "logit",
              meaning = "mean logit for the orders of the map under toroidal shifts")
          OptionalDouble logitRolledMean) {
    static final Table<CurveRow> TABLE = Table.of(CurveRow.class);

    /** Whether pixels are removed or restored. */
    public enum Kind {
      DELETION,
      INSERTION
    }

    static List<CurveRow> of(TestedMap tested) {
      List<CurveRow> rows = new ArrayList<>();
      tested
          .faithfulness()
          .causal()
          .ifPresent(
              causal -> {
                add(rows, tested.map(), Kind.DELETION, causal.deletion());
                add(rows, tested.map(), Kind.INSERTION, causal.insertion());
              });
      return rows;
    }

    private static void add(List<CurveRow> rows, ExplainedMap map, Kind kind, CausalCurve curve) {
      List<Double> rolled = curve.logit().rolledMeans();
      for (int i = 0; i < curve.pixels().size(); i++) {
        Interval logit = curve.logit().random().get(i);
        Interval cat = curve.cat().random().get(i);
        rows.add(
            new CurveRow(
                map.picture().name(),
                map.method(),
                kind,
                curve.pixels().get(i),
                curve.share(i),
                curve.logit().values().get(i),
                logit.low(),
                logit.high(),
                curve.cat().values().get(i),
                cat.low(),
                cat.high(),
                rolled.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(rolled.get(i))));
      }
    }
  }

  /**
   * A map and its faithfulness tests.
   *
   * @param randomised result of the parameter randomisation test; empty when the method fails on
   *     randomised networks
   */
  public record TestedMap(
      ExplainedMap map, Faithfulness faithfulness, Optional<ParameterRandomisation> randomised) {
    /** One result per network, with layers randomised successively from the logit down. */
    List<RandomisedStep> steps() {
      return randomised.map(ParameterRandomisation::steps).orElse(List.of());
    }
  }

  /**
   * A row of {@code randomisation.csv}: similarity to the map of a network whose layers were
   * randomised successively from the logit down.
   */
  public record RandomisationRow(
      String image,
      String method,
      @Column(
              meaning =
                  "number of the step, from 1, in which only the last layer is " + "randomised")
          int step,
      @Column(meaning = "the randomised layer nearest the input") String lastLayer,
      @Column(
              meaning =
                  "Spearman's rho of |value| with the trained network's map; empty when "
                      + "|value| is constant in either map")
          OptionalDouble rhoAbsolute,
      @Column(meaning = "rho of the signed values; also empty for a map without signs")
          OptionalDouble rhoSigned,
      @Column(
              value = "rho_rolled_",
              meaning = "rho_absolute under toroidal shifts of the randomised network's map")
          Optional<RolledNull> rolled,
      @Column(
              meaning =
                  "rho of |value| of maps averaged over noisy inputs (sMPRT); empty "
                      + "when it was not computed")
          OptionalDouble rhoSmooth,
      @Column(
              unit = "nat",
              meaning = "entropy of the histogram of the randomised network's map, in nats")
          OptionalDouble entropy,
      @Column(
              unit = "share",
              meaning =
                  "relative rise of the entropy over that of the trained network's map "
                      + "(eMPRT)")
          OptionalDouble entropyRise) {
    static final Table<RandomisationRow> TABLE = Table.of(RandomisationRow.class);

    static List<RandomisationRow> of(TestedMap tested) {
      List<RandomisationRow> rows = new ArrayList<>();
      for (RandomisedStep step : tested.steps()) {
        rows.add(
            new RandomisationRow(
                tested.map().picture().name(),
                tested.map().method(),
                rows.size() + 1,
                step.layer(),
                step.absolute(),
                step.signed(),
                step.rolled(),
                step.smooth(),
                OptionalDouble.of(step.entropy()),
                step.rise()));
      }
      return rows;
    }
  }
}
