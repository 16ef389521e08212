package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One scenario in a world of its own: disturbed some times, then gone on with to its end. */
final class Trial {
  private static final int MOST = 6;

  private final Undisturbed expected;
  private final WhiskerProcess whisker;
  private final Path world;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> made = new HashMap<>();
  private long millis;

  Trial(Undisturbed expected, World from, Path world) throws IOException {
    this.expected = expected;
    this.whisker = from.whisker();
    this.world = world;
    Tree.copy(from.template(), world);
  }

  /** How often each disturbance took place. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** What went wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  int kills() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().startsWith("kill"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  void run(RandomGenerator random) throws IOException, InterruptedException {
    List<String> words = expected.scenario().words();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      if (disturbed(words, Disturbance.draw(random, calls(), millis()), told)) {
        compare(told); // it ended before, or what failed was not needed
        return;
      }
      words = expected.scenario().next(world);
    }
    end(words, told);
  }

  /** Disturbs it once, in this way. */
  void run(Disturbance disturbance) throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    if (disturbed(expected.scenario().words(), disturbance, told)) {
      compare(told);
    } else {
      end(expected.scenario().next(world), told);
    }
  }

  /** Whether it was done all the same. */
  private boolean disturbed(List<String> words, Disturbance disturbance, List<String> told)
      throws IOException, InterruptedException {
    told.add(disturbance.toString());
    WhiskerProcess.Ended ended = whisker.run(world, words, disturbance);
    ended.made().forEach((call, count) -> made.merge(call, count, Integer::sum));
    millis += ended.millis();
    check(disturbance, ended, told);
    return expected.scenario().isDone(ended);
  }

  /** How many of each call are left to be made, about: a process that goes on makes some again. */
  private Map<String, Integer> calls() {
    Map<String, Integer> left = new HashMap<>();
    expected
        .calls()
        .forEach(
            (call, all) ->
                left.put(call, Math.max((all + 2) / 3, all - made.getOrDefault(call, 0))));
    return left;
  }

  private long millis() {
    return Math.max(expected.millis() / 2, expected.millis() - millis);
  }

  private void check(Disturbance disturbance, WhiskerProcess.Ended ended, List<String> told)
      throws IOException {
    boolean took = disturbance.kills() ? ended.killed() : !expected.scenario().isDone(ended);
    if (took) {
      counts.merge(disturbance.kind(), 1, Integer::sum);
    }
    if (ended.exitCode() == 124) {
      problem("did not end", told);
    } else if (!expected.scenario().isDone(ended) && disturbance.kills() && !took) {
      problem("ended with " + ended.exitCode() + ": " + ended.err(), told);
    }
    if (took && !disturbance.kills() && !isLine(ended)) {
      problem("exit code " + ended.exitCode() + ", said: " + ended.err(), told);
    }
    Tree.of(world).halves(expected.tree()).forEach(half -> problem(half, told));
  }

  /** A failure is code 1, and a line on standard error, unless that could not be written. */
  private static boolean isLine(WhiskerProcess.Ended ended) {
    List<String> lines = ended.err().lines().filter(line -> !line.isBlank()).toList();
    return ended.exitCode() == 1
        && lines.stream().noneMatch(line -> line.contains("unexpected:") || line.startsWith("\tat"))
        && (lines.isEmpty() || lines.get(lines.size() - 1).startsWith("whisker: "));
  }

  private void end(List<String> words, List<String> told) throws IOException, InterruptedException {
    WhiskerProcess.Ended ended = whisker.run(world, words, new Disturbance.None());
    if (!expected.scenario().isDone(ended)) {
      problem("could not be gone on with: " + ended.exitCode() + ", " + ended.err(), told);
    }
    compare(told);
  }

  private void compare(List<String> told) throws IOException {
    Tree.of(world)
        .differences(expected.tree(), expected.times())
        .forEach(difference -> problem(difference, told));
  }

  private void problem(String what, List<String> told) {
    problems.add(expected.scenario().name() + ": " + what.strip() + "; after " + told);
  }
}
