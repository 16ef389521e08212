package org.whisker.selfcheck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.ArmRun;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Expectation;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Plants by hypotheses: what the chain from evolution to the verdict says, beside what is right.
 * Rows can be made by several threads at once; they share what needs no plant.
 */
public final class PlantedMatrix {
  private final PlantedTrial trial;
  private final Set<String> hypotheses;
  private final Progress progress;
  private final BooleanSupplier stopped;
  private final MemoryRuns runs = new MemoryRuns();

  /** Told of each run that is done. */
  @FunctionalInterface
  public interface Progress {
    /** An arm of this plant has one run more. */
    void onRun(String plant);
  }

  /**
   * A matrix of these columns.
   *
   * @param hypotheses ids, in any order
   * @param stopped asked after every generation
   * @throws IllegalArgumentException for a hypothesis that there is not
   */
  public PlantedMatrix(
      PlantedTrial trial, Set<String> hypotheses, Progress progress, BooleanSupplier stopped) {
    this.trial = trial;
    this.hypotheses = Set.copyOf(hypotheses);
    this.progress = progress;
    this.stopped = stopped;
    for (String each : hypotheses) {
      if (Hypotheses.find(each).isEmpty()) {
        throw new IllegalArgumentException(
            "there is no hypothesis "
                + each
                + "; there are "
                + String.join(", ", Hypotheses.ids()));
      }
    }
  }

  /**
   * The row of a plant, in the order of the hypotheses' table.
   *
   * @param ended asked as {@code stopped} is
   * @throws CancellationException when stopped
   */
  public List<MatrixCell> row(PlantedModel plant, BooleanSupplier ended) {
    BooleanSupplier either = () -> ended.getAsBoolean() || stopped.getAsBoolean();
    return trial.verdicts(plant, heldAgainst(plant), runs, listener(plant), either).stream()
        .map(test -> cell(plant.plant(), test))
        .toList();
  }

  private static MatrixCell cell(Plant plant, Finding test) {
    Expectation right = Hypotheses.get(test.hypothesis()).expectedOn(plant);
    return new MatrixCell(plant.id(), right.expected(), right.reason(), test);
  }

  /**
   * Does what rows share, under a flat fitness; without it each row that begins does it.
   *
   * @throws CancellationException when stopped
   */
  public void shared(PlantedModel plant) {
    Set<String> flat =
        hypotheses.stream().filter(each -> trial.isFlat(each, plant)).collect(Collectors.toSet());
    if (!flat.isEmpty()) {
      trial.verdicts(plant, flat, runs, listener(plant), stopped);
    }
  }

  /** The runs that the row of a plant takes; rows share some. */
  public Set<AblationRunner.PendingRun> pending(PlantedModel plant) {
    return trial.pending(plant, heldAgainst(plant), runs);
  }

  /** The hypotheses whose right verdict on the plant is argued. */
  private Set<String> heldAgainst(PlantedModel plant) {
    return hypotheses.stream()
        .filter(each -> Hypotheses.get(each).isHeldAgainst(plant.plant()))
        .collect(Collectors.toSet());
  }

  private AblationRunner.Listener listener(PlantedModel plant) {
    return new AblationRunner.Listener() {
      @Override
      public AblationRunner.ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
        return new AblationRunner.ArmProgress() {
          @Override
          public void onRun(ArmRun run) {
            progress.onRun(plant.name());
          }
        };
      }
    };
  }

  /**
   * A hypothesis on a plant.
   *
   * @param reason why the expected verdict is right, by construction of the plant
   */
  public record MatrixCell(String plant, Expected expected, String reason, Finding test) {
    public String hypothesis() {
      return test.hypothesis();
    }

    /** The verdict; empty where it was not tested. */
    public Optional<Verdict> seen() {
      return test.verdict();
    }

    /** Whether it is the right one. */
    public Expected.Outcome outcome() {
      return expected.outcome(seen(), test.answer());
    }
  }

  /** Runs kept in memory, for many threads. */
  static final class MemoryRuns implements RunStore {
    private final Map<Key, ArmRun> runs = new ConcurrentHashMap<>();

    private record Key(String model, String key, long seed) {}

    @Override
    public Optional<ArmRun> find(String model, String key, long seed) {
      return Optional.ofNullable(runs.get(new Key(model, key, seed)));
    }

    @Override
    public void keep(String model, String key, ArmRun run) {
      runs.put(new Key(model, key, run.seed()), run);
    }
  }

  /** A row of {@value #FILE}: the result of a hypothesis test on a planted classifier. */
  public record MatrixRow(
      String plant,
      String hypothesis,
      @Column(meaning = "the correct verdict; any when the plant does not determine it")
          String expected,
      @Column(meaning = "the verdict of the analysis; not_tested when there is none") String seen,
      @Column(meaning = "comparison that decided the verdict") String comparison,
      @Column(meaning = "size, in the unit of the comparison's statistic") OptionalDouble effect,
      @Column(unit = "probability", meaning = "uncorrected p-value") OptionalDouble p,
      @Column(unit = "probability", meaning = "p-value corrected over the hypotheses of this plant")
          OptionalDouble pCorrected,
      @Column(
              unit = "probability",
              meaning =
                  "p-value of the equivalence test that the effect lies within the " + "margin")
          OptionalDouble pEquivalence,
      @Column(meaning = "number of runs, or networks, that have a value") int runs,
      @Column(meaning = "right, wrong, undecided or open") String outcome,
      @Column(meaning = "why the expected verdict is correct") String reason,
      @Column(meaning = "why there is no verdict; empty when there is one") String note) {
    public static final String FILE = "matrix.csv";
    public static final Table<MatrixRow> TABLE = Table.of(MatrixRow.class, FILE);

    /** Whether an incorrect verdict was asserted. */
    public boolean isWrong() {
      return outcome.equals(Expected.Outcome.WRONG.label());
    }

    public static List<MatrixRow> of(List<MatrixCell> cells) {
      return cells.stream().map(MatrixRow::of).toList();
    }

    private static MatrixRow of(MatrixCell cell) {
      Finding test = cell.test();
      return new MatrixRow(
          cell.plant(),
          cell.hypothesis(),
          cell.expected().label(Hypotheses.get(cell.hypothesis())),
          test.isTested() ? test.label() : Expected.NOT_TESTED.name().toLowerCase(Locale.ROOT),
          test.comparison(),
          test.effect(),
          test.p(),
          test.pCorrected(),
          test.pEquivalence(),
          test.runs(),
          cell.outcome().label(),
          cell.reason(),
          test.reason());
    }
  }
}
