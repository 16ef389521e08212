package org.whisker.cli.shared;

import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;

/** How many images of a folder are taken. */
public final class PerGroup {
  @Option(
      names = "--per-group",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Number of images drawn at random from a folder of images or a class of photos; evolved"
              + " images are all taken. Default: 20.")
  private int perGroup = 20;

  /**
   * That number.
   *
   * @throws InvalidRequestException below 1
   */
  public int get() {
    InvalidRequestException.refuse(perGroup < 1, "--per-group must be at least 1, was " + perGroup);
    return perGroup;
  }
}
