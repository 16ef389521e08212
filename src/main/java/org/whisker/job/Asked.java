package org.whisker.job;

import java.util.List;
import org.whisker.table.ChartRequest;

/**
 * The words that asked for a job, and how its charts are to be drawn: what changes no result, and
 * stands in its manifest.
 *
 * @param arguments of the command line, without the command, where to write, and how much to say;
 *     empty where a program asks
 */
public record Asked(List<String> arguments, ChartRequest charts) {
  public Asked {
    arguments = List.copyOf(arguments);
  }

  /** By a program, for the usual charts. */
  public static Asked byProgram() {
    return new Asked(List.of(), ChartRequest.standard());
  }
}
