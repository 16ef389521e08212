package org.whisker.planted;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Expectation.Expected;
import org.whisker.stats.Verdict;

/**
 * Plants by hypotheses: what the chain from evolution to the verdict says, beside what is right.
 * Rows can be made by several threads at once; they share what needs no plant.
 */
public final class PlantedMatrix {
  private final PlantedTrial trial;
  private final Set<String> hypotheses;
  private final MemoryRuns runs = new MemoryRuns();

  /**
   * A matrix of these columns.
   *
   * @param hypotheses ids, in any order
   * @throws IllegalArgumentException for a hypothesis that there is not
   */
  public PlantedMatrix(PlantedTrial trial, Set<String> hypotheses) {
    this.trial = trial;
    this.hypotheses = Set.copyOf(hypotheses);
    hypotheses.forEach(Hypotheses::get);
  }

  /**
   * Prints what is not right of these hypotheses, or of all, on all plants, with the searches of a
   * report of 16 runs.
   *
   * @return whether no verdict is wrong
   */
  public static boolean run(List<String> ids) {
    Set<String> asked = Set.copyOf(ids.isEmpty() ? Hypotheses.ids() : ids);
    PlantedMatrix matrix = new PlantedMatrix(new PlantedTrial(16, 3_000, 1), asked);
    List<MatrixCell> cells =
        OwnPlants.all().parallelStream().flatMap(plant -> matrix.row(plant).stream()).toList();
    Map<Expected.Outcome, Long> counts =
        cells.stream().collect(Collectors.groupingBy(MatrixCell::outcome, Collectors.counting()));
    cells.stream()
        .filter(cell -> cell.outcome() != Expected.Outcome.RIGHT)
        .filter(cell -> cell.outcome() != Expected.Outcome.OPEN)
        .forEach(System.out::println);
    System.out.println(new TreeMap<>(counts));
    return !counts.containsKey(Expected.Outcome.WRONG);
  }

  /** The row of a plant, in the order of the hypotheses. */
  public List<MatrixCell> row(Plant plant) {
    Set<String> argued =
        hypotheses.stream().filter(id -> OwnPlants.isOf(id, plant)).collect(Collectors.toSet());
    return trial.verdicts(new PlantedModel(plant), argued, runs).stream()
        .map(test -> cell(plant, test))
        .toList();
  }

  private static MatrixCell cell(Plant plant, Finding test) {
    Expectation right = Expectations.on(test.hypothesis(), plant);
    return new MatrixCell(plant.id(), right.expected(), right.reason(), test);
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
}
