package org.whisker.cli.train;

import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.study.InvalidRequestException;
import org.whisker.training.EpochOrder;
import picocli.CommandLine.Option;

/** Whether an epoch shows as many cats as others. */
final class BalanceOption {
  @Option(
      names = "--balance",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = {
        "on: an epoch shows as many cats as other photos, repeating those of the smaller class;"
            + " off: every photo once; auto: on if one class has 1.5 times the photos of the"
            + " other. Default: auto."
      })
  private String balance = "auto";

  /** Whether to balance these photos. */
  boolean on(List<CachedPhoto> training) {
    return switch (balance) {
      case "on" -> true;
      case "off" -> false;
      case "auto" -> new EpochOrder(training, false).isUneven();
      default ->
          throw new InvalidRequestException(
              "--balance must be auto, on or off, was '" + balance + "'");
    };
  }
}
