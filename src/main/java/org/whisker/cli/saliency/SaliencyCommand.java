package org.whisker.cli.saliency;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.JobOutput;
import org.whisker.cli.shared.ModelNames;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.saliency.MethodConfig;
import org.whisker.study.saliency.PhotoSummaryJob;
import org.whisker.study.saliency.SaliencyConfig;
import org.whisker.study.saliency.SaliencyJob;
import org.whisker.study.saliency.SaliencyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    mixinStandardHelpOptions = true,
    sortOptions = false,
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
public final class SaliencyCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description =
          "The classifier: the name of a folder in models/, or the path of one; with --summary"
              + " also several, separated by commas.")
  private @Nullable String model;

  @Option(
      names = {"--image", "--images"},
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files, white, folders of images or photos, output folders of evolve.")
  private List<String> images = List.of();

  @Mixin private final SaliencyMethodOptions methods = new SaliencyMethodOptions();
  @Mixin private final SaliencySettingsOptions settings = new SaliencySettingsOptions();

  @Option(
      names = "--faithfulness",
      description = {
        "Also test the maps: deletion and insertion curves and their symmetric relevance gain"
            + " against toroidal shifts of the map, infidelity, max-sensitivity, cascading randomisation of the weights"
            + " from the output down (also smooth and by complexity), agreement between methods.",
        "Scores some 1,200 pictures a map, and takes at least ten times as long as the maps"
            + " themselves."
      })
  private boolean faithfulness;

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

  @Mixin private final PerGroup perGroup = new PerGroup();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one pass; halved when memory runs out. Default: 32.")
  private int batch = 32;

  @Mixin private final JobOutput output = new JobOutput();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public SaliencyCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    if (methods.list()) {
      environment.out().print(SaliencyMethodOptions.table());
      return ExitCode.OK;
    }
    if (summary || isOfSummary()) {
      return summary();
    }
    return output.run(
        new ResumableCommand<>(
            environment, job(), spec.commandLine().getParseResult(), this::config, this::say));
  }

  private boolean isOfSummary() throws IOException {
    return output.resumed().isPresent() && PhotoSummaryJob.began(output.resumed().get());
  }

  private int summary() throws IOException {
    InvalidRequestException.refuse(
        faithfulness, "--summary keeps no map to test; leave --faithfulness out");
    return output.run(
        new ResumableCommand<>(
            environment,
            new PhotoSummaryJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::saySummary));
  }

  private int saySummary(PhotoSummaryJob.Result result) {
    if (result.done()) {
      environment.out().print(PhotoSummaryText.of(result));
    }
    ResumableCommand.end(environment, result.folder(), result.done());
    return ExitCode.OK;
  }

  /** Model and image are checked here: {@code --method list} and {@code --resume} need neither. */
  private SaliencyConfig config() {
    List<String> chosen = methods.methods();
    MethodConfig set = settings.config();
    String name = given("--model", model);
    given("--image", images.isEmpty() ? null : images.get(0));
    return InvalidRequestException.check(
        () ->
            new SaliencyConfig(
                name,
                images,
                perGroup.get(),
                chosen,
                methods.isByName(),
                set,
                faithfulness,
                output.seed(),
                running.device(),
                running.precision(),
                batch,
                resize.get()));
  }

  private String given(String option, @Nullable String value) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
    }
    return value;
  }

  private SaliencyJob job() {
    JobContext context = environment.context(common, charts);
    return new SaliencyJob(context.with(new PageListener(context.listener())));
  }

  private int say(Optional<SaliencyResult> of) {
    if (of.isEmpty()) {
      return ExitCode.FAILURE;
    }
    SaliencyResult result = of.get();
    environment.out().print(SaliencySummary.text(result.maps()));
    if (!result.tested().isEmpty()) {
      environment.out().print(SaliencySummary.believed(result.tested()));
    }
    ResumableCommand.end(environment, result.folder(), result.done());
    return result.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
