package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.whisker.random.SplitMix64;

/** Kills and failing calls, over all scenarios in turn. */
final class Kills {
  /** Calls of a name that are early. */
  private static final int FIRST = 3;

  private final Path root;
  private final Map<Scenario, Undisturbed> known = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
  private final Map<Scenario, Long> spent = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private Kills(Path root) {
    this.root = root;
  }

  /**
   * Runs trials until so many processes were killed.
   *
   * @param args kills, the seed, and the names of scenarios; none for all
   * @return whether nothing went wrong
   */
  static boolean run(Path root, List<String> args) throws IOException, InterruptedException {
    int wanted = args.isEmpty() ? 500 : Integer.parseInt(args.get(0));
    long seed = args.size() < 2 ? 1 : Long.parseLong(args.get(1));
    List<String> names = args.size() < 3 ? List.of() : args.subList(2, args.size());
    List<Scenario> scenarios =
        Scenario.all().stream()
            .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
            .toList();
    Kills kills = new Kills(root);
    kills.go(scenarios, wanted, SplitMix64.stream(seed, "kills", 0));
    return kills.problems.isEmpty();
  }

  /** Kills at the first calls of each name, most of them before a manifest is there. */
  static boolean early(Path root, List<String> names) throws IOException, InterruptedException {
    Kills kills = new Kills(root);
    World from = World.in(root).counted(Calls.in(root));
    for (Scenario scenario : Scenario.all()) {
      boolean wanted =
          names.isEmpty()
              ? scenario.again() == Scenario.Again.RESUME
              : names.contains(scenario.name());
      if (wanted) {
        kills.early(Undisturbed.of(scenario, from, root.resolve("undisturbed")), from);
      }
    }
    return kills.problems.isEmpty();
  }

  private void early(Undisturbed expected, World from) throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> call : expected.calls().entrySet()) {
      for (int n = 1; n <= Math.min(FIRST, call.getValue()); n++) {
        Path world = root.resolve("world");
        Trial now = new Trial(expected, from, world);
        now.run(new Disturbance.KillAt(call.getKey(), n));
        record(expected.scenario(), now, n);
        Tree.delete(world);
      }
    }
    System.out.printf("%s: %s%n", expected.scenario().name(), counts);
  }

  private void go(List<Scenario> scenarios, int wanted, RandomGenerator random)
      throws IOException, InterruptedException {
    World from = World.in(root).counted(Calls.in(root));
    int kills = 0;
    for (int trial = 0; kills < wanted; trial++) {
      Scenario scenario = next(scenarios, trial);
      if (!known.containsKey(scenario)) {
        known.put(scenario, Undisturbed.of(scenario, from, root.resolve("undisturbed")));
      }
      Path world = root.resolve("world");
      Trial now = new Trial(known.get(scenario), from, world);
      long begun = System.nanoTime();
      now.run(random);
      spent.merge(scenario, System.nanoTime() - begun, Long::sum);
      kills += now.kills();
      record(scenario, now, trial);
      System.out.printf(
          "%d kills: %s %s, %d problems%n", kills, scenario.name(), now.counts(), problems.size());
      Tree.delete(world);
    }
  }

  /** Of two trials one is of each in turn, and one of what took least time so far. */
  private Scenario next(List<Scenario> scenarios, int trial) {
    boolean inTurn = trial < scenarios.size() || trial % 2 == 0;
    int round = trial < scenarios.size() ? trial : (trial - scenarios.size()) / 2;
    return inTurn
        ? scenarios.get(round % scenarios.size())
        : Collections.min(scenarios, Comparator.comparing(spent::get));
  }

  private void record(Scenario scenario, Trial trial, int number) throws IOException {
    Map<String, Integer> own = counts.computeIfAbsent(scenario.name(), name -> new TreeMap<>());
    own.merge("trials", 1, Integer::sum);
    trial.counts().forEach((kind, count) -> own.merge(kind, count, Integer::sum));
    for (String problem : trial.problems()) {
      problems.add(problem);
      System.out.println("PROBLEM " + number + " " + problem);
    }
    Files.write(root.resolve("problems.txt"), problems);
    Files.writeString(root.resolve("kills.md"), table());
  }

  private String table() {
    List<String> kinds =
        counts.values().stream().flatMap(m -> m.keySet().stream()).distinct().sorted().toList();
    StringBuilder text =
        new StringBuilder("| command | " + String.join(" | ", kinds) + " |\n|---|");
    text.append("---:|".repeat(kinds.size())).append('\n');
    counts.forEach(
        (name, own) -> {
          text.append("| `").append(name).append("` |");
          kinds.forEach(kind -> text.append(' ').append(own.getOrDefault(kind, 0)).append(" |"));
          text.append('\n');
        });
    known.forEach(
        (scenario, as) ->
            text.append(scenario.name() + ": clocks in " + as.times().lines() + "\n"));
    return text.toString();
  }
}
