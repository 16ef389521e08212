package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

/** {@code whisker boundary attack}: small changes that turn images, and success by budget. */
@Command(
    name = "attack",
    description = {
      "Looks for the smallest change that takes an image across p(cat) = ½. The"
          + " searches are gradient attacks (few pixels: sigma-zero; the largest change of"
          + " a pixel: fmn; Euclidean length: ddn), and those among flips (greedy-flips as"
          + " in margins, fewest-flips as in counterfactual).",
      "Writes attacks.csv (one row per image and search), success.csv (the share"
          + " turned within each budget, with its interval), success.png, success.svg."
          + " Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "Attacks change gray values within black and white, each by as much as it likes;",
      "flips make pixels black or white. Every number is an upper bound. p_cat_rounded",
      "is p(cat) with grays rounded to 256 steps, as image files keep them: a change",
      "below half a step is gone. fewest-flips takes cats of two tones, such as evolved",
      "ones, and leaves other images out.",
      "",
      "Examples:",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary attack --model vgg16-mini photos/test --per-group 50 \\",
      "      --searches sigma-zero,greedy-flips --out near",
      "  whisker boundary attack --resume near"
    })
final class BoundaryAttackCommand extends JobCommand<AttackConfig, AttackJob.Result> {
  BoundaryAttackCommand(Environment environment) {
    super(environment, AttackConfig.class, Extra.CHARTS);
  }

  @Override
  protected ResumableJob<AttackConfig, AttackJob.Result> job(JobContext context) {
    return new AttackJob(context);
  }

  @Override
  protected Optional<Path> shown(AttackJob.Result result) {
    return result.done() ? Optional.of(result.folder()) : Optional.empty();
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, SuccessCurve.Step.TABLE);
  }

  @Override
  protected int say(AttackJob.Result result) {
    if (result.done()) {
      environment().out().print(AttackText.of(result.success()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  /** What the command line says of small changes that turn images. */
  private static final class AttackText {
    private static final List<String> HEADER =
        List.of("IMAGES", "SEARCH", "COUNTS", "COUNT", "TURNED", "95 % INTERVAL", "HALF WITHIN");

    private static final String BOUND =
        "each search gives an upper bound: a smaller change may exist; a dash: fewer than half turned"
            + System.lineSeparator();

    private AttackText() {}

    /** A table with a row a set and search. */
    static String of(List<SuccessCurve.Step> rows) {
      Map<List<String>, List<SuccessCurve.Step>> curves = new LinkedHashMap<>();
      for (SuccessCurve.Step row : rows) {
        curves
            .computeIfAbsent(List.of(row.images(), row.search()), key -> new ArrayList<>())
            .add(row);
      }
      List<List<String>> table = new ArrayList<>(List.of(HEADER));
      curves.values().forEach(curve -> table.add(cells(curve)));
      return TextTable.of(table) + BOUND;
    }

    private static List<String> cells(List<SuccessCurve.Step> curve) {
      SuccessCurve.Step all = curve.get(curve.size() - 1);
      return List.of(
          all.images(),
          all.search(),
          all.normLabel(),
          Integer.toString(all.count()),
          Integer.toString(all.successes()),
          String.format(Locale.ROOT, "%.0f to %.0f %%", 100 * all.low(), 100 * all.high()),
          curve.stream()
              .filter(row -> 2 * row.successes() >= row.count())
              .findFirst()
              .map(AttackText::budget)
              .orElse("-"));
    }

    private static String budget(SuccessCurve.Step row) {
      return row.countsPixels()
          ? String.format(Locale.ROOT, "%.0f px", row.budget())
          : String.format(Locale.ROOT, "%.4f gray", row.budget());
    }
  }
}
