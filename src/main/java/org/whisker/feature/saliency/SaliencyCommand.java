package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.option.OptionValue;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.Methods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whisker saliency}: which pixels of single images the logit depends on. */
@Command(
    name = "saliency",
    description = {
      "Explains single images by saliency maps: which pixels the logit of not-cat depends on.",
      "Writes for each image and method: the map (CSV, NPY), a picture, its profile from the"
          + " border inwards compared with shifted maps, and its coverage; also summary.csv,"
          + " gallery.png, index.html.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "auto for --fill and --baseline: white for black pixels on white, black for the",
      "white image, the background for other evolved images, the mean for photos.",
      "Words can take a number: gray:0.3, blur:4 (standard deviation in pixels).",
      "Tables keep each method's own sign and unit; in pictures, blue is towards cat.",
      "",
      "Examples:",
      "  whisker saliency --method list",
      "  whisker saliency --model vgg16-mini --image cat.jpg white",
      "  whisker saliency --model vgg16-mini --image my-run --method all",
      "  whisker saliency --model vgg16-mini --image cat.jpg --method occlusion \\",
      "      --window 8 --stride 2 --border wrap --verify",
      "  whisker saliency --model vgg16-mini --image cat.jpg --faithfulness --out why",
      "  whisker saliency --resume why",
      "  whisker saliency --model vgg16-mini,inception-resnet-v2-mini \\",
      "      --images photos/test --per-group 100 --method gradient,deeplift --summary"
    })
public final class SaliencyCommand extends JobCommand<SaliencyConfig, Optional<SaliencyResult>> {
  private static final String METHOD = "--method";

  /** What decides the job, and no number. */
  private static final class Kind {
    @Option(
        names = "--summary",
        description = {
          "Keep no maps: the mean profile from border to centre over the photos, with intervals over"
              + " photos, by group (such as cat/ and not_cat/) and by model, and differences of the"
              + " edge index.",
          "Writes photos.csv, a row a map as it is made, mean_profiles.csv, edge_index.csv,"
              + " contrasts.csv, mean_profiles.png, mean_profiles.svg."
        })
    private boolean summary;
  }

  private final Kind kind = new Kind();

  public SaliencyCommand(Environment environment) {
    super(environment, SaliencyConfig.class, Extra.CHARTS);
  }

  @Override
  protected List<Object> others() {
    return List.of(kind);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of(
        "--model", REST, "--per-group", "--batch", "--seed", "--out", "--resume", "--resize");
  }

  @Override
  public Integer call() throws IOException {
    if (typed().contains("list")) {
      environment().out().print(table());
      return ExitCode.OK;
    }
    if (kind.summary || isOfSummary()) {
      InvalidRequestException.refuse(
          parsed().hasMatchedOption("--faithfulness"),
          "--summary keeps no map to test; leave --faithfulness out");
      return run(new PhotoSummaryJob(context()), this::config, this::saySummary);
    }
    return super.call();
  }

  private List<String> typed() {
    return parsed().matchedOptionValue(METHOD, List.of());
  }

  private boolean isOfSummary() throws IOException {
    Optional<Path> resumed = resume().folder();
    return resumed.isPresent() && PhotoSummaryJob.began(resumed.get());
  }

  /** Methods that are named, and not by a word for several, must be usable on each picture. */
  @Override
  protected SaliencyConfig config() {
    SaliencyConfig config = super.config();
    boolean byName = !typed().isEmpty() && !typed().contains("all") && !typed().contains("quick");
    return byName ? config.withMethods(config.methods().toArray(String[]::new)) : config;
  }

  /** {@code --method list} and {@code --resume} need neither model nor image. */
  @Override
  protected String missing(List<OptionValue> missing) {
    return "Missing required option: '" + missing.get(0).declared().names()[0] + "'";
  }

  @Override
  protected SaliencyJob job(JobContext context) {
    return new SaliencyJob(context.with(new PageListener(context.listener())));
  }

  private int saySummary(PhotoSummaryJob.Result result) {
    if (result.done()) {
      environment().out().print(PhotoSummaryText.of(result));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  @Override
  protected int say(Optional<SaliencyResult> of) {
    if (of.isEmpty()) {
      return ExitCode.FAILURE;
    }
    SaliencyResult result = of.get();
    environment().out().print(SaliencySummary.text(result.maps()));
    if (!result.tested().isEmpty()) {
      environment().out().print(SaliencySummary.believed(result.tested()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return result.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** One line for each method; those of {@code quick} have a star. */
  private static String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "QUICK", "NEEDS", "MAP"));
    for (Method method : Methods.all()) {
      rows.add(
          List.of(
              method.label(),
              SaliencyConfig.QUICK.contains(method.label()) ? "*" : "",
              switch (method.need()) {
                case NONE -> "-";
                case GRADIENTS -> "gradients";
                case FEATURES -> "a layer";
                case RULES -> "known layers";
                case BLACK_PIXELS -> "black on white";
              },
              method.line()));
    }
    return TextTable.of(rows)
        + "smooth-NAME: the mean of a method over noisy copies, for those that need gradients or known"
        + " layers\n";
  }
}
