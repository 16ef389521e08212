package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.feature.models.OnnxRuntimeSpeed;
import org.whisker.feature.play.PlaySoak;
import org.whisker.feature.saliency.MapSpeed;
import org.whisker.fuzz.Fuzzing;
import org.whisker.fuzz.HostileCells;
import org.whisker.fuzz.SlowInputs;
import org.whisker.fuzz.WorkBudgets;
import org.whisker.planted.Calibration;
import org.whisker.planted.PlantedMatrix;

/** What {@code ./whisker-campaign} runs: a part of the campaign, with its numbers. */
public final class Campaign {
  private static final String USAGE =
      """
      kills [N [SEED [COMMAND...]]]    kills and failing calls, until N processes were killed (500)
      early [COMMAND...]               kills at the first calls, before there is a manifest
      disks [COMMAND...]               full disks; needs root
      pairs [COMMAND...]               two processes at once in one folder
      namespaces [COMMAND...]          two at once, each the first process of a host of its own
      clocks [COMMAND...]              two at once, with clocks two hours apart
      planted [COMMAND...]             links, pipes and devices in what a killed process left
      fuzz [N [SECONDS [DECODER...]]]  hostile files, N for each decoder (20000), SECONDS at most (60)
      times [N [SECONDS [DECODER...]]] hostile files that take long, N for each decoder (20000)
      budgets                          small files that ask for much work: the time of each
      cells                            tables of report folders, each cell in turn made hostile
      processors                       the numeric tests by the instructions that this processor has
      trainings [N]                    equal trainings, N of them (200)
      locales [COMMAND...]             each command where numbers have other digits
      play [N [KIND...]]               N jobs of a page (1000), and the memory of its process
      speed [SECONDS [TURNS [MODEL...]]] images a second here and of ONNX Runtime, by turns
      maps [TURNS [MODEL [METHOD...]]] seconds of saliency methods, and of the passes that they need
      names                            names that move the cursor, as a terminal gets them
      python [N]                       Pythons that are killed at their start, N times (20), or ask at once
      jdks [JDK_HOME...]               the launcher and some twenty commands on every other JDK
      soak                             scores, maps and trainings in one process, and its memory
      verdicts [HYPOTHESIS...]         hypotheses on planted classifiers: a verdict that is wrong fails
      calibration [N [HYPOTHESIS...]]  false verdicts and power in N simulated reports of each (200)\
      """;

  private static final Set<String> PARTS =
      USAGE.lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());

  private Campaign() {}

  /** Runs a part; the exit code is 1 when a promise was broken, 2 for a part that is none. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = List.of(args);
    if (words.isEmpty() || !PARTS.contains(words.get(0))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Path root = Files.createTempDirectory("whisker-campaign");
    System.out.println("in " + root);
    List<String> rest = words.subList(1, words.size());
    boolean right =
        switch (words.get(0)) {
          case "kills" -> Kills.run(root, rest);
          case "early" -> Kills.early(root, rest);
          case "disks" -> FullDisks.run(root, rest);
          case "pairs" -> Pairs.run(root, rest);
          case "namespaces" -> Pairs.namespaces(root, rest);
          case "clocks" -> Pairs.clocks(root, rest);
          case "planted" -> Planted.run(root, rest);
          case "fuzz" ->
              Fuzzing.run(
                  root,
                  rest.isEmpty() ? 20_000 : Long.parseLong(rest.get(0)),
                  rest.size() < 2 ? 60 : Long.parseLong(rest.get(1)),
                  rest.size() < 3 ? List.of() : rest.subList(2, rest.size()));
          case "times" ->
              SlowInputs.run(
                  root,
                  rest.isEmpty() ? 20_000 : Long.parseLong(rest.get(0)),
                  rest.size() < 2 ? 600 : Long.parseLong(rest.get(1)),
                  rest.size() < 3 ? List.of() : rest.subList(2, rest.size()));
          case "budgets" -> WorkBudgets.run(root);
          case "cells" -> none(HostileCells.run(root));
          case "trainings" -> Trainings.run(root, rest);
          case "locales" -> Locales.run(root, rest);
          case "play" -> PlaySoak.run(root, rest);
          case "speed" -> OnnxRuntimeSpeed.run(root, rest);
          case "maps" -> MapSpeed.run(rest);
          case "names" -> Names.run(root);
          case "python" -> succeeds("python3", "python/tests/processes.py", rest);
          case "jdks" -> succeeds("bash", ".ci/jdks", rest);
          case "soak" -> Soak.run(root, rest);
          case "verdicts" -> PlantedMatrix.run(rest);
          case "calibration" -> Calibration.run(root, rest);
          default -> throw new IllegalArgumentException("no part " + words.get(0));
        };
    System.exit(right ? 0 : 1);
  }

  private static boolean succeeds(String program, String script, List<String> rest)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, script));
    command.addAll(rest);
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  private static boolean none(List<String> problems) {
    problems.forEach(System.out::println);
    return problems.isEmpty();
  }
}
