package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A scenario as it should be.
 *
 * @param tree the world afterwards
 * @param calls see {@link WhiskerProcess#calls}
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
    Map<String, Integer> calls = world.whisker().calls(first, scenario.words());
    WhiskerProcess.Ended ended =
        world.whisker().run(second, scenario.words(), new Disturbance.None());
    if (ended.exitCode() != 0) {
      throw new IOException(scenario.name() + " ended with " + ended);
    }
    Tree tree = Tree.of(second);
    Times times = Times.of(Tree.of(first), tree);
    List<String> others = Tree.of(first).differences(tree, times);
    if (!others.isEmpty()) {
      throw new IOException(scenario.name() + " made other files the second time: " + others);
    }
    Tree.delete(scratch);
    return new Undisturbed(scenario, tree, times, calls, ended.millis());
  }
}
