package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Each scenario by two processes at once, in one folder: at first, and after a kill. They may be in
 * two containers, where each is the first process of a host of its own, or have clocks that differ.
 */
final class Pairs {
  /** A process that is the first one of its namespace, on a host of that name. */
  private static final String ALONE = "hostname \"$1\" && shift && exec \"$@\"";

  /** Adds seconds to what the clock says, but not to the time since the start. */
  private static final String SHIFTED =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <stdlib.h>
      #include <time.h>
      int clock_gettime(clockid_t clock, struct timespec *time) {
        int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
        int result = real(clock, time);
        if (clock == CLOCK_REALTIME) time->tv_sec += atol(getenv("SHIFTED"));
        return result;
      }
      """;

  private final Path root;
  private final World from;
  private final List<List<String>> before;
  private final List<String> problems = new ArrayList<>();
  private int pairs;

  private Pairs(Path root, World from, List<List<String>> before) {
    this.root = root;
    this.from = from;
    this.before = before;
  }

  static boolean run(Path root, List<String> names) throws IOException, InterruptedException {
    return run(root, names, List.of(List.of(), List.of()));
  }

  /** In two namespaces of processes and of host names. Needs root. */
  static boolean namespaces(Path root, List<String> names)
      throws IOException, InterruptedException {
    List<List<String>> before = List.of(alone("one"), alone("other"));
    if (succeeds(alone("one"))) {
      return run(root, names, before);
    }
    System.out.println("skipped: this system makes no namespaces for this user");
    return true;
  }

  private static List<String> alone(String host) {
    return List.of(
        "unshare",
        "--fork",
        "--pid",
        "--mount-proc",
        "--uts",
        "sh",
        "-c",
        ALONE,
        "sh",
        host,
        "env");
  }

  /** With clocks that are two hours apart. */
  static boolean clocks(Path root, List<String> names) throws IOException, InterruptedException {
    Path source = Files.writeString(root.resolve("shifted.c"), SHIFTED);
    Path library = root.resolve("shifted.so");
    List<String> compiler =
        List.of("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
    if (succeeds(compiler)) {
      return run(root, names, List.of(shifted(library, -3600), shifted(library, 3600)));
    }
    System.out.println("skipped: found no cc to compile a clock with");
    return true;
  }

  private static List<String> shifted(Path library, int seconds) {
    return List.of("env", "LD_PRELOAD=" + library, "SHIFTED=" + seconds);
  }

  private static boolean succeeds(List<String> words) throws InterruptedException {
    try {
      return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private static boolean run(Path root, List<String> names, List<List<String>> before)
      throws IOException, InterruptedException {
    Pairs pairs = new Pairs(root, World.in(root), before);
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
    for (int i = 0; i < errs.size(); i++) {
      processes.add(from.whisker().start(world, words, before.get(i), errs.get(i)));
    }
    boolean done = false;
    for (int i = 0; i < errs.size(); i++) {
      int exitCode = processes.get(i).waitFor();
      String err = Files.readString(errs.get(i));
      done |= scenario.isDone(new WhiskerProcess.Ended(exitCode, err, 0, Map.of()));
      if (exitCode != 0 && (exitCode > 2 || err.contains("unexpected:"))) {
        problems.add(scenario.name() + " by two: " + exitCode + ", " + err.strip());
      }
    }
    return done;
  }
}
