package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.attack.GradientAttack;
import org.whisker.boundary.attack.Searches;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundaryAttackCommand.AttackConfig;
import org.whisker.feature.boundary.BoundaryAttackCommand.AttackJob;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureGroup;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import org.whisker.table.PictureId;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** {@code whisker boundary attack}: small changes that turn images, and success by budget. */
@Command(
    name = "attack",
    description = {
      "Looks for the smallest change that takes an image across p(target) = ½. The"
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
      "flips make pixels black or white. Every number is an upper bound. p_target_rounded",
      "is p(target) with grays rounded to 256 steps, as image files keep them: a change",
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
    super(environment, AttackConfig.class, AttackJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, SuccessCurve.Step.TABLE);
  }

  @Override
  protected int say(AttackJob.Result result) {
    if (result.done()) {
      environment().out().print(attackText(result.success()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static final List<String> HEADER =
      List.of("IMAGES", "SEARCH", "COUNTS", "COUNT", "TURNED", "95 % INTERVAL", "HALF WITHIN");

  private static final String BOUND =
      "each search gives an upper bound: a smaller change may exist; a dash: fewer than half"
          + " turned"
          + System.lineSeparator();

  /**
   * What the command line says of small changes that turn images.
   *
   * <p>A table with a row a set and search.
   */
  private static String attackText(List<SuccessCurve.Step> rows) {
    Map<List<String>, List<SuccessCurve.Step>> curves =
        Table.by(rows, row -> List.of(row.images(), row.search()));
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
        Text.of("%.0f to %.0f %%", 100 * all.low(), 100 * all.high()),
        curve.stream()
            .filter(row -> 2 * row.successes() >= row.count())
            .findFirst()
            .map(BoundaryAttackCommand::budget)
            .orElse("-"));
  }

  private static String budget(SuccessCurve.Step row) {
    return row.countsPixels()
        ? Text.of("%.0f px", row.budget())
        : Text.of("%.4f gray", row.budget());
  }

  /**
   * Looks for the smallest changes that turn images, by gradient attacks and by searches among
   * flips. Its folder gets {@code attacks.csv}, a row an image and search, and {@code success.csv},
   * the share turned within each budget.
   */
  static final class AttackJob extends OpenedModel.ImagesJob<AttackConfig, AttackJob.Result> {
    public static final String COMMAND = "boundary attack";

    private static final List<String> DECISIVE =
        List.of(
            "command",
            "model",
            "precision",
            "device",
            "images",
            "searches",
            "max_flips",
            "candidates",
            "evaluations",
            "seed");

    public AttackJob(JobContext context) {
      super(context, COMMAND, AttackConfig.class, DECISIVE);
    }

    /**
     * The result.
     *
     * @param done whether all searches have ended; otherwise the job was stopped
     * @param success a row a set, search and budget; empty until done
     */
    public record Result(Path folder, boolean done, List<SuccessCurve.Step> success)
        implements Outcome {
      public Result {
        success = List.copyOf(success);
      }
    }

    @Override
    Result work(JobFolder folder, OpenedModel model, AttackConfig config, List<PictureGroup> groups)
        throws IOException {
      List<PictureGroup.Member> images = PictureGroup.members(groups);
      boolean done =
          folder.fill(
              "searches",
              SearchOutcome.OfImage.TABLE,
              SearchOutcome.OfImage.FILE,
              images.size() * config.searches().size(),
              (number, progress, stopped) -> row(model, config, images, number, stopped));
      return new Result(folder.folder(), done, done ? curves(folder) : List.of());
    }

    private static Optional<SearchOutcome.OfImage> row(
        OpenedModel model,
        AttackConfig config,
        List<PictureGroup.Member> images,
        int number,
        BooleanSupplier stopped) {
      int each = config.searches().size();
      PictureGroup.Member image = images.get(number / each);
      Search search = config.searches().get(number % each);
      Optional<SearchOutcome> outcome =
          config
              .limits()
              .of(
                  search,
                  model.classifier(),
                  image.picture().raster(),
                  image.group().tones(),
                  stopped);
      return outcome.map(
          found ->
              new SearchOutcome.OfImage(
                  new PictureId(image.group().name(), image.picture().file()), search, found));
    }

    private List<SuccessCurve.Step> curves(JobFolder job) throws IOException {
      Path folder = job.folder();
      List<SuccessCurve.Step> curves =
          SuccessCurve.Step.ofAttacks(
              SearchOutcome.OfImage.TABLE.read(folder.resolve(SearchOutcome.OfImage.FILE)));
      SuccessCurve.Step.TABLE.writeIn(folder, curves);
      job.finish(Map.of());
      return curves;
    }
  }

  /**
   * What decides the small changes that turn images.
   *
   * @param seed the seed of the images that are drawn
   */
  record AttackConfig(
      ModelConfig model,
      ImageChoice images,
      @Option(
              names = "--searches",
              label = "LIST",
              split = ",",
              defaultValue = "greedy-flips,fewest-flips,sigma-zero,fmn,ddn",
              help =
                  "Which: greedy-flips, fewest-flips, sigma-zero, fmn, ddn, separated by commas."
                      + " Default: all.")
          List<Search> searches,
      @Option(
              names = "--steps",
              label = "N",
              help =
                  "Number of gradients of each attack. Default: as published, 1000 for sigma-zero"
                      + " and 100 for fmn and ddn.")
          OptionalInt steps,
      @Option(
              names = "--max-flips",
              label = "N",
              defaultValue = "200",
              help = "Number of flips at which the searches among flips give up.")
          int maxFlips,
      @Option(
              names = "--candidates",
              label = "N",
              defaultValue = "16",
              help = "Maximum number of flips scored per step.")
          int candidates,
      @Option(
              names = "--evaluations",
              label = "N",
              defaultValue = "5000",
              help =
                  "Maximum number of images that fewest-flips may score, not counting those for"
                      + " undoing flips. 0: only undo flips.")
          long evaluations,
      @Seed long seed)
      implements OpenedModel.ImagesConfig {

    public AttackConfig {
      searches = searches.stream().distinct().toList();
      Checks.refuse(searches.isEmpty(), "--searches names no search");
      new Searches(steps, maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
    }

    Searches limits() {
      return new Searches(steps, maxFlips, candidates, evaluations, OpenedModel.BATCH);
    }

    @Override
    public void describe(Map<String, Object> manifest) {
      manifest.put("searches", searches.stream().map(this::told).toList());
      manifest.put("max_flips", maxFlips);
      manifest.put("candidates", candidates);
      manifest.put("evaluations", evaluations);
      manifest.put("seed", seed);
    }

    private String told(Search search) {
      return search.label()
          + search
              .attack()
              .map(limits()::attack)
              .map(GradientAttack::steps)
              .map(taken -> ", " + taken + " steps")
              .orElse("");
    }
  }
}
