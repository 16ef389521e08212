package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.whisker.boundary.Counterfactual;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.CounterfactualJob.CounterfactualConfig;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code whisker boundary counterfactual}: the fewest flips that make no cat of a cat. */
@Command(
    name = "counterfactual",
    description = {
      "Looks for the smallest set of pixels to flip so that a cat is no longer"
          + " classified as one. Black becomes white or white black. It proves that no"
          + " single flip can be left out. Gray pictures are binarised first.",
      "Writes counterfactual.csv (one row per image), images/N/ (flips.csv,"
          + " before.png, after.png, change.png), summary.csv. Ctrl-C keeps finished"
          + " results; --resume continues."
    },
    footer = {
      "",
      "Pixels are flipped one at a time, as in margins. Then flips that are not needed are",
      "undone, and others are tried that make more of them redundant (floating search).",
      "All scoring is in float32; the proof uses full passes. The number is an upper bound.",
      "summary.csv compares the edge index of the flips with that of random toroidal shifts",
      "of them, which have no preferred position.",
      "",
      "Examples:",
      "  whisker boundary counterfactual --model vgg16-mini my-run",
      "  whisker boundary counterfactual --model vgg16-mini docs/cat.png --threshold 0.4",
      "  whisker boundary counterfactual --model vgg16-mini photos/test/cat \\",
      "      --per-group 50 --out turned",
      "  whisker boundary counterfactual --resume turned"
    })
final class BoundaryCounterfactualCommand
    extends JobCommand<CounterfactualConfig, Optional<CounterfactualJob.Result>> {
  BoundaryCounterfactualCommand(Environment environment) {
    super(
        environment,
        CounterfactualConfig.class,
        CounterfactualJob::new,
        some -> some,
        Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Counterfactual.OfImage.TABLE, Counterfactual.Summary.TABLE);
  }

  @Override
  protected int say(Optional<CounterfactualJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment().out().print(counterfactualText(result.get().rows(), result.get().summary()));
    }
    ResumableCommand.end(environment(), result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static final int MOST_ROWS = 30;
  private static final String BOUND =
      "flips: of the binarised picture, needless ones undone, so no single one can be left out;"
          + " fewer others may do"
          + System.lineSeparator();

  /**
   * What the command line says of counterfactuals.
   *
   * <p>A table of the images, where they are few, and one of the groups.
   */
  private static String counterfactualText(
      List<Counterfactual.OfImage> rows, List<Counterfactual.Summary> groups) {
    StringBuilder text = new StringBuilder();
    if (rows.size() <= MOST_ROWS) {
      text.append(
              TextTable.of(
                  Columns.of(Counterfactual.OfImage.class)
                      .with("IMAGE", Counterfactual.OfImage::image)
                      .with("P(TARGET)", row -> Text.of("%.4f", row.pTarget()))
                      .with(
                          "FLIPS",
                          row ->
                              row.flips().isPresent()
                                  ? Integer.toString(row.flips().getAsInt())
                                  : "-")
                      .with("", row -> row.isCrossed() ? "" : row.status().label()),
                  rows))
          .append('\n');
    }
    return text.append(
            TextTable.of(
                Columns.of(Counterfactual.Summary.class)
                    .with("IMAGES", Counterfactual.Summary::images)
                    .with("COUNT", Counterfactual.Summary::count)
                    .with("CATS", Counterfactual.Summary::cats)
                    .with("TURNED", Counterfactual.Summary::crossed)
                    .with("MEDIAN FLIPS", group -> Text.number("%.1f", group.medianFlips(), "-"))
                    .with(
                        "E OF FLIPS",
                        group -> shifted(group, flips -> Text.of("%.3f", flips.edgeIndexFlips())))
                    .with(
                        "SHIFTED",
                        group ->
                            shifted(
                                group,
                                flips -> Text.of("%.3f ± %.3f", flips.nullMean(), flips.nullSd())))
                    .with("P", group -> shifted(group, flips -> Text.of("%.4f", flips.p())))
                    .with("INK", group -> Text.number("%.3f", group.edgeIndexInk(), "-")),
                groups))
        .append(BOUND)
        .toString();
  }

  private static String shifted(
      Counterfactual.Summary group, Function<Counterfactual.Summary.Position, String> text) {
    return group.position() == null ? "-" : text.apply(group.position());
  }
}
