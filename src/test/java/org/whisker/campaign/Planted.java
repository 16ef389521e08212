package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Links, pipes and devices in the place of what a killed command left: whoever goes on with it ends
 * in time, in a line, and writes nothing outside of the folder.
 */
final class Planted {
  /** What stands in the place of a file. */
  private enum Kind {
    LINK,
    LINK_TO_FOLDER,
    DEVICE,
    PIPE
  }

  private static final int FILES = 3;

  private final Path root;
  private final World from;
  private final Path outside;
  private final Random random = new Random(1);
  private final List<String> problems = new ArrayList<>();
  private int trials;

  private Planted(Path root, World from) throws IOException {
    this.root = root;
    this.from = from;
    this.outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(outside.resolve("file"), "mine");
  }

  static boolean run(Path root, List<String> names) throws IOException, InterruptedException {
    Planted planted = new Planted(root, World.in(root));
    for (Scenario scenario : Scenario.all()) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        planted.all(scenario);
        System.out.printf("%s: %d problems%n", scenario.name(), planted.problems.size());
      }
    }
    planted.problems.forEach(System.out::println);
    System.out.println(planted.trials + " files planted");
    return planted.problems.isEmpty();
  }

  private void all(Scenario scenario) throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(root.resolve("runs"));
    long millis = Undisturbed.of(scenario, from, scratch).millis();
    Path killed = root.resolve("killed");
    Tree.copy(from.template(), killed);
    from.whisker().run(killed, scenario.words(), new Disturbance.KillAfter(millis * 3 / 4));
    List<Path> left = new ArrayList<>(left(killed));
    for (Kind kind : Kind.values()) {
      Collections.shuffle(left, random);
      for (Path file : left.subList(0, Math.min(FILES, left.size()))) {
        trial(scenario, killed, file, kind);
      }
    }
    Tree.delete(killed);
  }

  /** The files that the command had made, relative to its world. */
  private List<Path> left(Path killed) throws IOException {
    try (Stream<Path> files = Files.walk(killed)) {
      return files
          .filter(Files::isRegularFile)
          .map(killed::relativize)
          .filter(file -> !Files.exists(from.template().resolve(file)))
          .sorted()
          .toList();
    }
  }

  private void trial(Scenario scenario, Path killed, Path file, Kind kind)
      throws IOException, InterruptedException {
    Path world = root.resolve("world");
    Tree.copy(killed, world);
    Path place = world.resolve(file);
    Files.delete(place);
    plant(place, kind);
    trials++;
    Map<String, byte[]> before = Tree.of(outside).files();
    WhiskerProcess.Ended ended =
        from.whisker().run(world, scenario.next(world), new Disturbance.None());
    String what = scenario.name() + ", " + file + " as " + kind + ": ";
    if (ended.killed() || ended.exitCode() > 2 || ended.err().contains("unexpected:")) {
      problems.add(what + ended.exitCode() + ", " + ended.err().strip());
    }
    Map<String, byte[]> after = Tree.of(outside).files();
    if (!before.keySet().equals(after.keySet())
        || !"mine".equals(Files.readString(outside.resolve("file")))) {
      problems.add(what + "was written through");
      Tree.delete(outside);
      Files.createDirectories(outside);
      Files.writeString(outside.resolve("file"), "mine");
    }
    Files.deleteIfExists(place);
    Tree.delete(world);
  }

  private void plant(Path place, Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case LINK -> Files.createSymbolicLink(place, outside.resolve("file"));
      case LINK_TO_FOLDER -> Files.createSymbolicLink(place, outside);
      case DEVICE -> Files.createSymbolicLink(place, Path.of("/dev/zero"));
      case PIPE -> new ProcessBuilder("mkfifo", place.toString()).inheritIO().start().waitFor();
    }
  }
}
