package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Counterfactual.Binarised;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.boundary.Removals;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.Classifier;
import org.whisker.feature.boundary.CounterfactualJob.CounterfactualConfig;
import org.whisker.feature.boundary.ImageChoice.UnreadInputs;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.ImageFiles;
import org.whisker.image.Threshold;
import org.whisker.io.Contained;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Seed;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Looks for the fewest flips after which an image is no longer classified as cat. Its folder gets
 * {@code counterfactual.csv}, a row an image, {@code images/N/} with the pictures before and after
 * and {@code flips.csv}, {@code summary.csv}, which tests where the flips lie, and {@code
 * success.csv}, the share of cats that a number of flips turns.
 */
final class CounterfactualJob
    extends ResumableJob<CounterfactualConfig, Optional<CounterfactualJob.Result>> {
  public static final String COMMAND = "boundary counterfactual";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "device",
          "images",
          "threshold",
          "max_flips",
          "candidates",
          "evaluations",
          "seed");

  public CounterfactualJob(JobContext context) {
    super(context, COMMAND, CounterfactualConfig.class);
  }

  /**
   * The result.
   *
   * @param done whether all searches have ended; otherwise the job was stopped
   * @param rows a row an image; empty until done
   * @param summary a row a group; empty until done
   * @param unread number of names that could not be read
   */
  public record Result(
      Path folder,
      boolean done,
      List<Counterfactual.OfImage> rows,
      List<Counterfactual.Summary> summary,
      int unread)
      implements Outcome {
    public Result {
      rows = List.copyOf(rows);
      summary = List.copyOf(summary);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @return empty when no image can be read; the listener was told why
   */
  @Override
  public Optional<Result> run(CounterfactualConfig config, JobFolder.Place place)
      throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      UnreadInputs unread = new UnreadInputs(context);
      List<PictureGroup> groups =
          config.images().readable(model.classifier(), config.seed(), unread);
      PictureGroup.noteResized(groups, context);
      return groups.isEmpty()
          ? Optional.empty()
          : Optional.of(
              JobFolder.hold(
                  context,
                  place,
                  model.job("counterfactual", content(model, groups, config), config, DECISIVE),
                  folder -> search(folder, model, groups, config, unread.count())));
    }
  }

  private static Map<String, Object> content(
      OpenedModel model, List<PictureGroup> groups, CounterfactualConfig config)
      throws IOException {
    Map<String, Object> content = model.manifest(COMMAND);
    content.put("images", PictureGroup.describe(groups));
    config.describe(content);
    return content;
  }

  private Result search(
      JobFolder resumable,
      OpenedModel model,
      List<PictureGroup> groups,
      CounterfactualConfig config,
      int unread)
      throws IOException {
    Path folder = resumable.folder();
    FlipSearches searches =
        new FlipSearches(
            model.classifier(),
            config.search(),
            config.fixedThreshold(),
            PictureGroup.members(groups),
            folder);
    boolean done =
        resumable.fill(
            "images",
            Counterfactual.OfImage.TABLE,
            Counterfactual.OfImage.FILE,
            searches.count(),
            searches::row);
    return done
        ? summarise(resumable, model.canvas(), config.seed(), unread)
        : new Result(folder, false, List.of(), List.of(), unread);
  }

  private Result summarise(JobFolder job, Canvas canvas, long seed, int unread) throws IOException {
    Path folder = job.folder();
    List<Counterfactual.OfImage> rows =
        Counterfactual.OfImage.TABLE.read(folder.resolve(Counterfactual.OfImage.FILE));
    for (Counterfactual.OfImage row : rows) {
      if (row.status() == Counterfactual.OfImage.Status.NO_CAT_BINARISED) {
        context.note(row.image() + " is no cat any more in black and white");
      }
    }
    List<Counterfactual.Summary> summary = new FlipPositions(folder, canvas, seed).summary(rows);
    Counterfactual.Summary.TABLE.writeIn(folder, summary);
    SuccessCurve.Step.TABLE.writeIn(folder, SuccessCurve.Step.ofCounterfactuals(rows));
    job.finish(Map.of());
    return new Result(folder, true, rows, summary, unread);
  }

  /**
   * Tests where the flips of each group of images lie: their mean edge index against the same flips
   * shifted on a torus.
   *
   * @param folder with the flips of each image
   * @param seed the seed of the shifts
   */
  private record FlipPositions(Path folder, Canvas canvas, long seed) {
    private static final int SHIFTS = 9_999;

    /** A row a group, in the order of their first images. */
    List<Counterfactual.Summary> summary(List<Counterfactual.OfImage> rows) throws IOException {
      Map<String, List<Counterfactual.OfImage>> groups =
          Table.by(rows, Counterfactual.OfImage::group);
      List<Counterfactual.Summary> summary = new ArrayList<>();
      for (Map.Entry<String, List<Counterfactual.OfImage>> group : groups.entrySet()) {
        summary.add(
            Counterfactual.Summary.of(
                group.getKey(), group.getValue(), test(group.getKey(), group.getValue())));
      }
      return summary;
    }

    private Optional<ToroidalShift> test(String group, List<Counterfactual.OfImage> rows)
        throws IOException {
      List<BlackPixels> flips = new ArrayList<>();
      for (Counterfactual.OfImage row : rows) {
        if (row.isCrossed()) {
          Path own = new Contained(folder).resolve(row.files());
          flips.add(
              Counterfactual.Flip.pixels(
                  canvas, Counterfactual.Flip.TABLE.read(own.resolve(Counterfactual.Flip.FILE))));
        }
      }
      if (flips.isEmpty()) {
        return Optional.empty();
      }
      EdgeRank rank = new EdgeRank(canvas);
      return Optional.of(
          ToroidalShift.test(
              flips,
              image -> rank.edgeIndex(image).orElseThrow(),
              SHIFTS,
              SplitMix64.stream(seed, "flips shifted: " + group, 0)));
    }
  }

  /**
   * The searches of a job, one an image.
   *
   * @param threshold the threshold of gray images; empty for Otsu's
   * @param folder gets the files of each image
   */
  record FlipSearches(
      Classifier classifier,
      CounterfactualSearch search,
      Optional<Threshold> threshold,
      List<PictureGroup.Member> images,
      Path folder) {
    int count() {
      return images.size();
    }

    /** Does the search of that number, see {@link org.whisker.job.JobFolder.Work}. */
    Optional<Counterfactual.OfImage> row(int number, Progress progress, BooleanSupplier stopped)
        throws IOException {
      PictureGroup.Member member = images.get(number);
      Binarised image =
          Binarised.of(classifier, member.picture().raster(), member.group().tones(), threshold);
      Optional<Counterfactual> found =
          image.isCat() ? search(image, number, progress, stopped) : Optional.empty();
      if (image.isCat() && found.isEmpty()) {
        return Optional.empty();
      }
      String files = Text.of("images/%03d", number + 1);
      Optional<Removals> flips = found.flatMap(Counterfactual::found);
      if (flips.isPresent()) {
        write(folder.resolve(files), found.orElseThrow(), flips.get());
      }
      return Optional.of(
          Counterfactual.OfImage.of(
              member.group().name(), member.picture().file(), files, image, found));
    }

    private Optional<Counterfactual> search(
        Binarised cat, int number, Progress progress, BooleanSupplier stopped) {
      return search.of(
          classifier,
          cat,
          left -> {
            progress.extraMessage(left + " flips");
            progress.stepTo(number);
          },
          stopped);
    }

    private static void write(Path own, Counterfactual found, Removals flips) throws IOException {
      Files.createDirectories(own);
      Counterfactual.Flip.TABLE.writeIn(own, Counterfactual.Flip.of(found, flips));
      Binarised cat = found.cat();
      ImageFiles.writePng(own.resolve("before.png"), cat.tones().painted(cat.image()));
      ImageFiles.writePng(own.resolve("after.png"), cat.tones().painted(found.after()));
    }
  }

  /**
   * What decides the counterfactuals of images.
   *
   * @param seed the seed of the images that are drawn, and of the test of the flips' position
   */
  public record CounterfactualConfig(
      @OptionGroup(without = "--precision") ModelConfig model,
      @OptionGroup(
              change =
                  @OptionGroup.Change(
                      component = "names",
                      option =
                          @Option(
                              needed = true,
                              label = "IMAGES",
                              help =
                                  "Output folders of evolve, folders of images or photos, image"
                                      + " files.")))
          ImageChoice images,
      @Option(
              names = "--threshold",
              label = "T",
              defaultValue = CounterfactualConfig.OTSU,
              help =
                  "Pixels of a gray picture darker than this become black: 0 to 1, or otsu (Otsu's"
                      + " threshold).")
          String threshold,
      @Option(
              names = "--max-flips",
              label = "N",
              defaultValue = "1000",
              help = "Number of flips at which the greedy search gives up.")
          int maxFlips,
      @Option(
              names = "--candidates",
              label = "N",
              defaultValue = "16",
              help = "Maximum number of flips scored per greedy step.")
          int candidates,
      @Option(
              names = "--evaluations",
              label = "N",
              defaultValue = "50000",
              help =
                  "Maximum number of images that the floating search may score, not counting those"
                      + " for undoing flips. 0: only undo flips.")
          long evaluations,
      @Seed long seed) {
    /** Otsu's threshold. */
    public static final String OTSU = "otsu";

    public CounterfactualConfig {
      new CounterfactualSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks
      parsed(threshold);
    }

    CounterfactualSearch search() {
      return new CounterfactualSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH);
    }

    /** The threshold; empty for Otsu's. */
    Optional<Threshold> fixedThreshold() {
      return parsed(threshold);
    }

    private static Optional<Threshold> parsed(String threshold) {
      if (threshold.equals(OTSU)) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Threshold(Double.parseDouble(threshold)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--threshold must be otsu or 0 to 1, was '" + threshold + "'", e);
      }
    }

    void describe(Map<String, Object> manifest) {
      manifest.put("threshold", threshold);
      manifest.put("max_flips", maxFlips);
      manifest.put("candidates", candidates);
      manifest.put("evaluations", evaluations);
      manifest.put("seed", seed);
    }
  }
}
