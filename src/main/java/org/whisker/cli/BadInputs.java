package org.whisker.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What becomes of bad input: the first ends the command, or all are left out and counted. */
final class BadInputs {
  private final boolean skip;
  private final List<String> leftOut = new ArrayList<>();

  BadInputs(boolean skip) {
    this.skip = skip;
  }

  /** Throws what was found; or, when told to skip, notes it: the caller then leaves it out. */
  void found(IOException bad) throws IOException {
    if (!skip) {
      throw bad;
    }
    leftOut.add(Errors.of(bad).line());
  }

  /** What was left out and why, a line each. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
