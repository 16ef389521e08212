package org.whisker.command;

import org.whisker.job.input.PictureSize;
import picocli.CommandLine.Option;

/** Whether images that don't bear it are resized. */
public final class ResizeOption {
  @Option(
      names = PictureSize.OPTION,
      description =
          "Also resize images of two grays, such as evolved ones, which are refused otherwise:"
              + " single pixels don't survive it. Photos are always resized.")
  private boolean resize;

  /** Whether that was asked for. */
  public boolean get() {
    return resize;
  }
}
