package org.whisker.job.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whisker.job.FailureMessage;

/** What becomes of bad input: the first ends the command, or all are left out and counted. */
public final class BadInputs {
  private final boolean skip;
  private final List<String> leftOut = new ArrayList<>();

  public BadInputs(boolean skip) {
    this.skip = skip;
  }

  /** Throws what was found; or, when told to skip, notes it: the caller then leaves it out. */
  public void found(IOException bad) throws IOException {
    if (!skip) {
      throw bad;
    }
    leftOut.add(FailureMessage.oneLine(FailureMessage.of(bad)));
  }

  /** What was left out and why, a line each. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
