package org.whisker.cli.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.saliency.Method;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.Provenance;
import org.whisker.study.ResumedManifest;
import org.whisker.study.input.BadInputs;
import org.whisker.study.saliency.SaliencyImages;
import org.whisker.study.saliency.SaliencyRun;
import org.whisker.study.saliency.SaliencySettings;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
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
      "  whisker saliency --model vgg16-mini --image cat.jpg --faithfulness \\",
      "      --resume why"
    })
public final class SaliencyCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Option(
      names = "--image",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files, white, folders of images or photos, output folders of evolve.")
  private List<String> images = List.of();

  @Mixin private final SaliencyMethodOptions methods = new SaliencyMethodOptions();
  @Mixin private final SaliencySettingsOptions settings = new SaliencySettingsOptions();

  @Option(
      names = "--faithfulness",
      description = {
        "Also test the maps: deletion and insertion curves, infidelity, max-sensitivity, cascading"
            + " randomisation of the weights from the logit down, agreement between methods.",
        "Takes about ten times as long as the maps themselves."
      })
  private boolean faithfulness;

  @Mixin private final PerGroup perGroup = new PerGroup();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images in one pass; halved when memory runs out. Default: 32.")
  private int batch = 32;

  @Mixin private final SeededOutput output = new SeededOutput();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; repeat its other options.")
  private @Nullable Path resume;

  @Mixin private final RunningOptions running = new RunningOptions();
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
    List<Method> chosen = methods.methods();
    InvalidRequestException.refuse(batch < 1, "--batch must be at least 1, was " + batch);
    InvalidRequestException.refuse(
        resume != null && output.given(), "--out and --resume exclude each other; give one");
    StoredModel stored =
        Models.open(new ModelStore(environment.home().models()), given("--model", model));
    given("--image", images.isEmpty() ? null : images.get(0));
    TorchClassifier.Settings run = running.settings(batch);
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, run)) {
      return explain(stored, classifier, run, chosen);
    }
  }

  /** Checked here: {@code --method list} needs neither. */
  private String given(String option, @Nullable String value) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
    }
    return value;
  }

  private int explain(
      StoredModel stored,
      DifferentiableClassifier classifier,
      TorchClassifier.Settings run,
      List<Method> chosen)
      throws IOException {
    SaliencySettings set = settings.on(classifier, output.seed());
    BadInputs bad = new BadInputs(true);
    SaliencyImages read =
        SaliencyImages.read(classifier, images, perGroup.get(), output.seed(), bad);
    List<String> failures = new ArrayList<>(bad.leftOut());
    failures.forEach(this::say);
    if (read.images().isEmpty()) {
      return ExitCode.FAILURE;
    }
    note(read.resizedNote());
    Map<String, Object> manifest =
        Provenance.manifest("saliency", environment.context(common), stored.card(), run);
    read.describe(manifest);
    manifest.put("methods", chosen.stream().map(Method::label).toList());
    manifest.put("settings", settings.describe(set));
    manifest.put("faithfulness", faithfulness);
    manifest.put("seed", output.seed());
    SaliencyRun work =
        new SaliencyRun(environment.context(common), stored, run, classifier, read, set);
    Path folder = folder(stored, manifest);
    SaliencyRun.Result result = work.into(folder, manifest, chosen, methods.byName(), faithfulness);
    environment.out().print(SaliencySummary.text(result.maps()));
    if (!result.tested().isEmpty()) {
      environment.out().print(SaliencySummary.believed(result.tested()));
    }
    environment
        .out()
        .println((result.done() ? "written to " : "stopped; go on with --resume ") + folder);
    return result.complete() && failures.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private Path folder(StoredModel stored, Map<String, Object> manifest) throws IOException {
    if (resume == null) {
      return output.folder(environment, "saliency-" + stored.card().name());
    }
    ResumedManifest.check(resume, manifest, SaliencyRun.SAME);
    return resume;
  }

  private void note(Optional<String> note) {
    if (!common.quiet()) {
      note.ifPresent(this::say);
    }
  }

  private void say(String line) {
    environment.err().println("whisker: " + line);
  }
}
