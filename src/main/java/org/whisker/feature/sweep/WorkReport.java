package org.whisker.feature.sweep;

import java.util.Locale;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;

/** Says what work on a sweep came to. */
final class WorkReport {
  private WorkReport() {}

  /**
   * Says it.
   *
   * @param place where the results are kept
   * @return the exit code
   */
  static int of(WorkResult result, String place, Environment environment) {
    environment.out().print(SweepText.of(result));
    result
        .left()
        .forEach((key, why) -> environment.err().println("whisker: task " + key + ": " + why));
    result
        .conflicts()
        .forEach(
            key ->
                environment
                    .err()
                    .printf(
                        Locale.ROOT,
                        "whisker: task %s has another result than before; both are kept, see %s%n",
                        key,
                        place + "/" + ResultStore.CONFLICTS));
    return result.left().isEmpty() && result.conflicts().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
