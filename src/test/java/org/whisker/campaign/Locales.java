package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Each scenario where numbers have other digits; every file must be as it is elsewhere. */
final class Locales {
  private static final List<String> LOCALES = List.of("fa-IR", "ar-EG", "bn-BD", "mr-IN");

  private final Path scratch;
  private final World from;
  private final List<String> problems = new ArrayList<>();

  private Locales(Path scratch, World from) {
    this.scratch = scratch;
    this.from = from;
  }

  static boolean run(Path root, List<String> names) throws IOException, InterruptedException {
    Locales locales = new Locales(Files.createDirectories(root.resolve("runs")), World.in(root));
    int runs = 0;
    for (Scenario scenario : Scenario.all()) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        runs += locales.trial(scenario);
        System.out.printf("%s: %d problems%n", scenario.name(), locales.problems.size());
      }
    }
    locales.problems.forEach(System.out::println);
    System.out.println(runs + " runs in " + LOCALES);
    return locales.problems.isEmpty();
  }

  private int trial(Scenario scenario) throws IOException, InterruptedException {
    Tree usual = tree(scenario, "en-US");
    Times times = Times.of(tree(scenario, "en-US"), usual);
    for (String locale : LOCALES) {
      tree(scenario, locale)
          .differences(usual, times)
          .forEach(line -> problems.add(scenario.name() + " in " + locale + ": " + line));
    }
    return LOCALES.size();
  }

  private Tree tree(Scenario scenario, String locale) throws IOException, InterruptedException {
    Path world = scratch.resolve("world"); // the same path each time, which manifests name
    Tree.copy(from.template(), world);
    WhiskerProcess.Ended ended =
        new WhiskerProcess(from.whisker().jvm().in(locale), null, from.whisker().hub())
            .run(world, scenario.words(), new Disturbance.None());
    if (ended.exitCode() != 0) {
      throw new IOException(scenario.name() + " in " + locale + " ended with " + ended);
    }
    Tree tree = Tree.of(world);
    Tree.delete(world);
    return tree;
  }
}
