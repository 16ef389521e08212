package org.whisker;

import java.util.ArrayList;
import java.util.List;
import org.whisker.job.JobListener;

/** Keeps warnings, for a failure that is to say why. */
final class WarningListener implements JobListener {
  private final List<String> lines = new ArrayList<>();

  @Override
  public void warn(String line) {
    lines.add(line);
  }

  @Override
  public String toString() {
    return String.join("; ", lines);
  }
}
