package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A scenario as it should be.
 *
 * @param tree the world afterwards
 * @param calls how many of each call it makes; empty where they are not counted
 * @param millis that it takes
 */
record Undisturbed(
    Scenario scenario, Tree tree, Times times, Map<String, Integer> calls, long millis) {
  /** Runs a scenario twice, each time in a world of its own. */
  static Undisturbed of(Scenario scenario, World world, Path scratch)
      throws IOException, InterruptedException {
    Path first = scratch.resolve("first");
    Path second = scratch.resolve("second");
    Tree.copy(world.template(), first);
    Tree.copy(world.template(), second);
    run(scenario, world, first);
    WhiskerProcess.Ended ended = run(scenario, world, second);
    Tree tree = Tree.of(second);
    Times times = Times.of(Tree.of(first), tree);
    List<String> others = Tree.of(first).differences(tree, times);
    if (!others.isEmpty()) {
      throw new IOException(scenario.name() + " made other files the second time: " + others);
    }
    Tree.delete(scratch);
    return new Undisturbed(scenario, tree, times, ended.made(), ended.millis());
  }

  private static WhiskerProcess.Ended run(Scenario scenario, World world, Path place)
      throws IOException, InterruptedException {
    WhiskerProcess.Ended ended =
        world.whisker().run(place, scenario.words(), new Disturbance.None());
    if (ended.exitCode() != 0) {
      throw new IOException(scenario.name() + " ended with " + ended);
    }
    return ended;
  }
}
