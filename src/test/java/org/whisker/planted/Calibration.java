package org.whisker.planted;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * False verdicts and power by simulation: whole trials of one hypothesis, each from seeds of its
 * own, on a plant for which it is false and on one for which it is true.
 *
 * <p>A trial corrects for nothing but its own hypothesis. What the correction of a report makes of
 * it is bounded: Holm multiplies the smallest p by the number of tests, and no p by more.
 */
public final class Calibration {
  /** Seeds of replicates lie so far apart that no two share a run. */
  private static final long STRIDE = 1_000_003;

  /** Enough to tell 3 % from 7 %. */
  private static final int REPLICATES = 200;

  private static final double ALPHA = 0.05;

  private final PlantedTrial trial;
  private final int replicates;

  /**
   * What replicates came to.
   *
   * @param rejected p ≤ 0.05, uncorrected
   * @param asserted verdicts on the effect that go by p ≤ 0.05: of a null false ones, else right
   * @param assertedCorrected those that stay when p is multiplied by the number of tests
   * @param equivalent verdicts that there is no effect
   * @param degenerate replicates whose p is 1, since nothing differs between the arms
   * @param meanEffect the mean effect of the replicates that have one
   */
  private record Counts(
      int replicates,
      int rejected,
      int asserted,
      int assertedCorrected,
      int equivalent,
      int degenerate,
      OptionalDouble meanEffect) {}

  /**
   * Calibrates.
   *
   * @param trial the first replicate
   */
  public Calibration(PlantedTrial trial, int replicates) {
    this.trial = trial;
    this.replicates = replicates;
  }

  /**
   * Calibrates hypotheses, or all, and writes {@code calibration.csv} after each.
   *
   * @param words the number of replicates, then ids
   * @return true: what the numbers mean is for people
   */
  public static boolean run(Path root, List<String> words) throws IOException {
    int replicates = words.isEmpty() ? REPLICATES : Integer.parseInt(words.get(0));
    Calibration calibration = new Calibration(new PlantedTrial(12, 1_500, 1), replicates);
    List<NullCalibrationRow> rows = new ArrayList<>();
    for (String id : words.size() < 2 ? Hypotheses.ids() : words.subList(1, words.size())) {
      rows.add(calibration.of(id));
      System.out.println(rows.get(rows.size() - 1));
      NullCalibrationRow.TABLE.writeIn(root, rows);
    }
    return true;
  }

  /** A hypothesis, its replicates by several threads. */
  public NullCalibrationRow of(String hypothesis) {
    NullAndEffect plants = CalibrationPlants.of(hypothesis);
    Counts none = counts(plants.none().isEmpty() ? List.of() : tests(hypothesis, plants.nulls()));
    Counts some =
        counts(plants.some().map(plant -> tests(hypothesis, r -> plant)).orElse(List.of()));
    return new NullCalibrationRow(
        hypothesis,
        plants.none().map(Plant::id).orElse(""),
        none.replicates(),
        none.rejected(),
        none.asserted(),
        none.assertedCorrected(),
        none.equivalent(),
        none.degenerate(),
        plants.some().map(Plant::id).orElse(""),
        some.replicates(),
        some.asserted(),
        some.assertedCorrected(),
        some.meanEffect(),
        trial.runs(),
        trial.evaluations(),
        Hypotheses.all().size());
  }

  private List<Finding> tests(String hypothesis, IntFunction<Plant> plants) {
    return IntStream.range(0, replicates)
        .parallel()
        .mapToObj(r -> test(hypothesis, plants.apply(r), r))
        .toList();
  }

  private Finding test(String hypothesis, Plant plant, int replicate) {
    long seed = trial.seed() + STRIDE * replicate;
    return new PlantedTrial(trial.runs(), trial.evaluations(), seed)
        .verdicts(new PlantedModel(plant), Set.of(hypothesis))
        .get(0);
  }

  private static Counts counts(List<Finding> tests) {
    int corrections = Hypotheses.all().size();
    return new Counts(
        tests.size(),
        count(tests, 1),
        asserted(tests, 1),
        asserted(tests, corrections),
        (int) tests.stream().filter(t -> shown(t.pEquivalence(), 1)).count(),
        (int) tests.stream().filter(t -> t.p().orElse(1) >= 1).count(),
        tests.stream().flatMapToDouble(t -> t.effect().stream()).average());
  }

  private static int count(List<Finding> tests, int times) {
    return (int) tests.stream().filter(t -> shown(t.p(), times)).count();
  }

  /** Counts the tests that assert an effect: where equivalence is shown, the verdict says that. */
  private static int asserted(List<Finding> tests, int times) {
    return count(tests.stream().filter(t -> !shown(t.pEquivalence(), times)).toList(), times);
  }

  private static boolean shown(OptionalDouble p, int times) {
    return p.orElse(1) * times <= ALPHA;
  }

  /**
   * A row of {@value #FILE}: rates of false positives and true positives of a hypothesis test in
   * simulated reports.
   */
  public record NullCalibrationRow(
      String hypothesis,
      @Column(meaning = "planted classifier without the effect") String nullPlant,
      @Column(unit = "count", meaning = "number of simulated reports on it") int replicates,
      @Column(unit = "count", meaning = "number of these with p ≤ 0.05, uncorrected") int rejected,
      @Column(
              unit = "count",
              meaning = "number of these that assert an effect at level 0.05, uncorrected")
          int falseVerdicts,
      @Column(unit = "count", meaning = "number of these after correction over a whole report")
          int falseCorrected,
      @Column(unit = "count", meaning = "number of these that assert equivalence (no effect)")
          int equivalent,
      @Column(
              unit = "count",
              meaning =
                  "number of these with the same images in both arms, so that nothing "
                      + "can be rejected")
          int degenerate,
      @Column(meaning = "planted classifier with the effect; empty when there is none")
          String effectPlant,
      @Column(unit = "count", meaning = "number of simulated reports on it") int powerReplicates,
      @Column(
              unit = "count",
              meaning = "number of these that assert the correct verdict, uncorrected")
          int found,
      @Column(unit = "count", meaning = "number of these after correction over a whole report")
          int foundCorrected,
      @Column(meaning = "mean effect on it, in the unit of the comparison's statistic")
          OptionalDouble meanEffect,
      @Column(meaning = "number of runs per arm") int runs,
      @Column(meaning = "number of images scored per run") long evaluations,
      @Column(meaning = "number of tests that the correction covers") int tests) {
    public static final String FILE = "calibration.csv";
    public static final Table<NullCalibrationRow> TABLE = Table.of(NullCalibrationRow.class, FILE);
  }
}
