package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Each scenario on disks of memory on which a part of its files has room. Needs root. */
final class FullDisks {
  private static final int BLOCK = 4096;
  private static final double[] SHARES = {0.02, 0.25, 0.5, 0.75, 0.95};

  private final World from;
  private final Path disk;
  private final List<String> problems = new ArrayList<>();

  private FullDisks(Path root, World from) throws IOException {
    this.from = from;
    this.disk = Files.createDirectories(root.resolve("disk"));
  }

  static boolean run(Path root, List<String> names) throws IOException, InterruptedException {
    FullDisks disks = new FullDisks(root, World.in(root));
    if (!disks.canMount()) {
      System.out.println("skipped: this user may not mount a disk of memory");
      return true;
    }
    for (Scenario scenario : Scenario.all()) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        Undisturbed expected =
            Undisturbed.of(scenario, disks.from, Files.createDirectories(root.resolve("runs")));
        disks.go(expected);
      }
    }
    disks.problems.forEach(System.out::println);
    return disks.problems.isEmpty();
  }

  private boolean canMount() throws InterruptedException {
    try {
      mount("-o", "size=1m", "-t", "tmpfs", "none");
      command("umount", disk.toString());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void go(Undisturbed expected) throws IOException, InterruptedException {
    long before = blocks(Tree.of(from.template()));
    long more = blocks(expected.tree()) - before;
    int full = 0;
    for (double share : SHARES) {
      mount("-o", "size=" + (before + (long) (share * more)), "-t", "tmpfs", "none");
      try {
        full += trial(expected) ? 1 : 0;
      } finally {
        command("umount", disk.toString());
      }
    }
    System.out.printf(
        "%s: %d of %d disks were full%n", expected.scenario().name(), full, SHARES.length);
  }

  /** Whether the disk was full. */
  private boolean trial(Undisturbed expected) throws IOException, InterruptedException {
    Scenario scenario = expected.scenario();
    Path world = disk.resolve("world");
    Tree.copy(from.template(), world);
    WhiskerProcess.Ended ended =
        from.whisker().run(world, scenario.words(), new Disturbance.None());
    boolean full = ended.exitCode() != 0;
    if (full && !(ended.exitCode() == 1 && ended.err().contains("disk is full"))) {
      problems.add(scenario.name() + ": " + ended.exitCode() + ", " + ended.err().strip());
    }
    Tree.of(world).halves(expected.tree()).forEach(half -> problems.add(scenario.name() + half));
    mount("-o", "remount,size=256m");
    List<String> words = full ? scenario.next(world) : scenario.words();
    WhiskerProcess.Ended again =
        full ? from.whisker().run(world, words, new Disturbance.None()) : ended;
    if (!scenario.isDone(again)) {
      problems.add(scenario.name() + ": could not be gone on with: " + again.err().strip());
    }
    Tree.of(world)
        .differences(expected.tree(), expected.times())
        .forEach(difference -> problems.add(scenario.name() + ": " + difference));
    return full;
  }

  private static long blocks(Tree tree) {
    long folders = 64; // each takes a block of its own in memory
    return BLOCK
        * (folders + tree.files().values().stream().mapToLong(b -> b.length / BLOCK + 1).sum());
  }

  private void mount(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("mount"));
    all.addAll(List.of(words));
    all.add(disk.toString());
    command(all.toArray(String[]::new));
  }

  private static void command(String... words) throws IOException, InterruptedException {
    int exitCode = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + exitCode);
    }
  }
}
