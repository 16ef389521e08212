package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Each scenario by two processes at once, in one folder: at first, and after a kill. */
final class Pairs {
  private final Path root;
  private final World from;
  private final List<String> problems = new ArrayList<>();
  private int pairs;

  private Pairs(Path root, World from) {
    this.root = root;
    this.from = from;
  }

  static boolean run(Path root, List<String> names) throws IOException, InterruptedException {
    Pairs pairs = new Pairs(root, World.in(root));
    for (Scenario scenario : Scenario.all()) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        Path scratch = Files.createDirectories(root.resolve("runs"));
        Undisturbed expected = Undisturbed.of(scenario, pairs.from, scratch);
        pairs.trial(expected, false);
        pairs.trial(expected, true);
        System.out.printf("%s: %d problems%n", scenario.name(), pairs.problems.size());
      }
    }
    pairs.problems.forEach(System.out::println);
    System.out.println(pairs.pairs + " pairs");
    return pairs.problems.isEmpty();
  }

  private void trial(Undisturbed expected, boolean killed)
      throws IOException, InterruptedException {
    Scenario scenario = expected.scenario();
    Path world = root.resolve("world");
    Tree.copy(from.template(), world);
    List<String> words = scenario.words();
    if (killed) {
      Disturbance kill = new Disturbance.KillAfter(expected.millis() * 3 / 4);
      from.whisker().run(world, words, kill);
      words = scenario.next(world);
    }
    pairs++;
    boolean done = both(scenario, world, words);
    Tree.of(world).halves(expected.tree()).forEach(half -> problems.add(scenario.name() + half));
    if (!done) {
      WhiskerProcess.Ended again =
          from.whisker().run(world, scenario.next(world), new Disturbance.None());
      if (!scenario.isDone(again)) {
        problems.add(scenario.name() + ": could not be gone on with: " + again.err().strip());
      }
    }
    Tree.of(world)
        .differences(expected.tree(), expected.times())
        .forEach(difference -> problems.add(scenario.name() + " by two: " + difference));
    Tree.delete(world);
  }

  /** Whether one of them did it all. Who doesn't says why in a line. */
  private boolean both(Scenario scenario, Path world, List<String> words)
      throws IOException, InterruptedException {
    List<Path> errs = List.of(root.resolve("one.err"), root.resolve("other.err"));
    List<Process> processes = new ArrayList<>();
    for (Path err : errs) {
      processes.add(from.whisker().start(world, words, List.of(), err));
    }
    boolean done = false;
    for (int i = 0; i < errs.size(); i++) {
      int exitCode = processes.get(i).waitFor();
      String err = Files.readString(errs.get(i));
      done |= scenario.isDone(new WhiskerProcess.Ended(exitCode, err, 0));
      if (exitCode != 0 && (exitCode > 2 || err.contains("unexpected:"))) {
        problems.add(scenario.name() + " by two: " + exitCode + ", " + err.strip());
      }
    }
    return done;
  }
}
