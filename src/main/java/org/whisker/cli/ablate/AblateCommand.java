package org.whisker.cli.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationRunner;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RecordedArguments;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.io.FolderLock;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.ResumedManifest;
import org.whisker.study.ablate.AblateJob;
import org.whisker.study.ablate.AblateRun;
import org.whisker.study.ablate.KeptProbes;
import org.whisker.study.ablate.RetrainedNetworks;
import org.whisker.study.ablate.StoredAblatedModel;
import org.whisker.study.evolve.ExperimentManifest;
import org.whisker.study.train.RetrainingPhotos;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker ablate}: takes one suspected cause away at a time. */
@Command(
    name = "ablate",
    description = {
      "Runs controlled experiments on why evolved pixels lie where they do: a control arm, and"
          + " arms that each differ from it in one factor, from the same seeds and with the same"
          + " number of images scored.",
      "whisker ablate list explains each experiment.",
      "Writes MODEL/EXPERIMENT/ (arms.csv, one row per run; effect.csv or observations.csv;"
          + " networks.csv where networks are trained; charts as PNG and SVG), summary.csv,"
          + " skipped.csv, overview.png, and runs/ and trained/, from which --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "E is the edge index: ½ is chance; below it, pixels lie nearer the edge. Read it",
      "together with success and p(cat): images not yet classified as cat have their",
      "pixels elsewhere.",
      "",
      "Default: 10 runs per arm, seeds from 1 up. --generations only ends a run that",
      "no longer produces new images. runs_needed in the tables is for a power of",
      "80 %%.",
      "",
      "Examples:",
      "  whisker ablate list",
      "  whisker ablate padding --model vgg16-mini",
      "  whisker ablate regions,founders --runs 20 --max-evaluations 10000",
      "  whisker ablate factorial --factors padding:reflect/circular,background",
      "  whisker ablate head --model vgg16-mini --data photos --train-epochs 10",
      "  whisker ablate retrained-padding --data photos --train-from model",
      "  whisker ablate all --model vgg16-mini,inception-resnet-v2-mini --out causes",
      "  whisker ablate --resume causes"
    })
public final class AblateCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final List<String> SAME =
      List.of(
          "command",
          "models",
          "device",
          "precision",
          "batch",
          "seed",
          "runs",
          "target",
          "training");

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Experiments, separated by commas; all; or list.")
  private List<String> names = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Classifiers, separated by commas: names of folders in models/, or paths. Default: all"
              + " in models/.")
  private List<String> models = List.of();

  @Mixin private final AblateOptions options = new AblateOptions();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; all else comes from its manifest.")
  private @Nullable Path resume;

  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public AblateCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    List<String> asked = AblateOptions.names(names);
    if (resume != null) {
      return resume(resume, asked);
    }
    if (asked.equals(List.of("list"))) {
      environment.out().print(AblateText.list());
      return ExitCode.OK;
    }
    List<String> arguments = new ArrayList<>(asked);
    arguments.addAll(RecordedArguments.of(spec.commandLine().getParseResult()));
    AblateJob job = job();
    Path folder =
        OutputFolder.create(
            options.run().out(),
            environment.home().analyses(),
            "ablate-" + (asked.size() == 1 ? asked.get(0) : "several"),
            environment.clock());
    Map<String, Object> manifest = manifest(job, arguments);
    return FolderLock.holding(folder, () -> run(folder, job, manifest));
  }

  private int resume(Path folder, List<String> asked) throws IOException {
    List<String> recorded =
        RecordedArguments.resumed(
            folder, spec.commandLine().getParseResult(), asked, "experiments");
    AblateCommand begun = new AblateCommand(environment);
    RecordedArguments.parse(new CommandLine(begun), recorded, folder);
    AblateJob job = begun.job();
    Map<String, Object> manifest = begun.manifest(job, recorded);
    ResumedManifest.check(folder, manifest, SAME);
    job.checkSame(JsonFile.read(folder.resolve(ExperimentManifest.NAME)), folder);
    return FolderLock.holding(folder, () -> run(folder, job, manifest));
  }

  private AblateJob job() throws IOException {
    TorchClassifier.Settings settings = running.settings(BATCH);
    AblationRunner.Plan plan = options.plan(BATCH);
    List<String> asked = AblateOptions.names(names);
    boolean all = asked.contains("all");
    List<Ablation> ablations = AblateText.named(asked, all, options.factors());
    ModelStore store = new ModelStore(environment.home().models());
    List<String> wanted = AblateOptions.names(models);
    List<StoredAblatedModel> stored = new ArrayList<>();
    Optional<RetrainingPhotos> photos = options.retrain().photos();
    for (String name : wanted.isEmpty() ? store.list() : wanted) {
      StoredModel model = Models.open(store, name);
      stored.add(
          new StoredAblatedModel(
              model,
              settings,
              RetrainedNetworks.of(model.card(), photos, options.retrain().plan()),
              KeptProbes.inMemory()));
    }
    InvalidRequestException.refuse(stored.isEmpty(), "there is no model; name one by --model");
    long different = stored.stream().map(StoredAblatedModel::name).distinct().count();
    InvalidRequestException.refuse(
        different < stored.size(), "--model names two models of one name");
    return AblateJob.of(ablations, stored, options::setting, plan, all);
  }

  private Map<String, Object> manifest(AblateJob job, List<String> arguments) throws IOException {
    StoredAblatedModel any = job.tasks().get(0).model();
    Map<String, Object> manifest =
        Provenance.manifest(
            "ablate", environment.context(common), any.stored().card(), any.settings());
    manifest.remove("model");
    Map<String, String> hashes = new LinkedHashMap<>();
    job.tasks()
        .forEach(t -> hashes.put(t.model().name(), t.model().stored().card().weights().sha256()));
    manifest.put("models", hashes);
    job.putTraining(manifest);
    job.putInto(manifest, options.preset());
    manifest.put("arguments", arguments);
    return manifest;
  }

  private int run(Path folder, AblateJob job, Map<String, Object> manifest) throws IOException {
    AblateRun.Outcome outcome =
        new AblateRun(environment.context(common), folder, job, manifest).run();
    if (outcome.stopped()) {
      environment.err().println("whisker: stopped; go on with: whisker ablate --resume " + folder);
    } else {
      environment.out().print(AblateText.summary(outcome.results(), job.skipped()));
      environment.out().println("written to " + folder);
    }
    return ExitCode.OK;
  }
}
