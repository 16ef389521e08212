package org.whisker.cli.position;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.ProbeFigures;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.image.EdgeBins;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockProbe;
import org.whisker.position.Interactions;
import org.whisker.position.PairProbe;
import org.whisker.position.PixelPair;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.method.InputGradient;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.OutputFolder;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.position.ProbeFolder;
import org.whisker.table.ProbeFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker probe}: what one pixel, or one block, does at every place. */
@Command(
    name = "probe",
    description = {
      "Changes one pixel (or a block) at every position and maps the effect on the logit of"
          + " not-cat (below 0 is towards cat), next to what the gradient predicts.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker probe --model vgg16-mini",
      "  whisker probe --model vgg16-mini --image runs/1/best.png --pairs 100",
      "  whisker probe --model vgg16-mini --block 4 --out probe-4",
      "  whisker probe --model vgg16-mini --block 4 --resume probe-4"
    })
public final class ProbeCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final int PARTS = EdgeBins.DEFAULT_PARTS;
  private static final Duration SAVED_EVERY = Duration.ofSeconds(20);

  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final ProbeOptions what = new ProbeOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed that pairs are drawn from. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one, named after the time.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted probe in DIR; repeat its other options.")
  private @Nullable Path resume;

  private long savedAt;

  public ProbeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    if (out != null && resume != null) {
      throw new InvalidRequestException(
          "--out and --resume exclude each other; " + resume + " is kept");
    }
    TorchClassifier.Settings settings = running.settings(BATCH);
    what.pairs();
    StoredModel stored = model.open(environment.home());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      List<BlockProbe> probes = what.probes(classifier.canvas());
      Optional<PairProbe> pairs = what.pairs(probes.get(0), SplitMix64.stream(seed, "pairs", 0));
      Map<String, Object> manifest =
          Provenance.manifest("probe", environment.context(common), stored.card(), settings);
      what.describe(manifest, probes, seed);
      ProbeFolder folder = folder(stored, manifest);
      folder.writeManifest(manifest, "running");
      BooleanSupplier stopped = environment.interrupts().listen();
      boolean done = probe(classifier, probes, pairs, folder, stopped);
      folder.writeManifest(manifest, done ? "done" : "stopped");
      environment
          .out()
          .println((done ? "written to " : "stopped; go on with --resume ") + folder.path());
    }
    return ExitCode.OK;
  }

  private ProbeFolder folder(StoredModel stored, Map<String, Object> manifest) throws IOException {
    if (resume != null) {
      ProbeFolder begun = new ProbeFolder(resume);
      begun.checkResumable(manifest);
      return begun;
    }
    String stem = "probe-" + stored.card().name();
    return new ProbeFolder(
        OutputFolder.create(
            Optional.ofNullable(out), environment.home().analyses(), stem, environment.clock()));
  }

  private boolean probe(
      DifferentiableClassifier classifier,
      List<BlockProbe> probes,
      Optional<PairProbe> pairs,
      ProbeFolder folder,
      BooleanSupplier stopped)
      throws IOException {
    double[][] deltas = folder.load(probes);
    double baseline;
    try (PatchScorer scorer = PatchClassifier.best(classifier, probes.get(0).base())) {
      baseline = scorer.baseLogit();
      for (int i = 0; i < deltas.length; i++) {
        if (!measure(probes.get(i), scorer, deltas, i, folder, stopped)) {
          folder.save(deltas);
          return false;
        }
      }
    }
    folder.save(deltas);
    float[] gradient =
        InputGradient.of(classifier, List.of(probes.get(0).base()), 1).get(0).values();
    List<ProbeFiles.Mode> modes = new ArrayList<>();
    for (int i = 0; i < deltas.length; i++) {
      modes.add(mode(new BlockMap(probes.get(i), baseline, deltas[i]), gradient));
    }
    write(folder.path(), modes, gradient);
    ProbeSummary summary = new ProbeSummary(modes, PARTS);
    environment.out().print(summary.text());
    if (pairs.isPresent()
        && !pairs(classifier, pairs.get(), modes.get(0).map(), folder.path(), stopped)) {
      return false;
    }
    folder.finish();
    return true;
  }

  private boolean measure(
      BlockProbe probe,
      PatchScorer scorer,
      double[][] deltas,
      int which,
      ProbeFolder folder,
      BooleanSupplier stopped) {
    String task = probe.fill() == BlockProbe.Fill.BLACK ? "making black" : "making white";
    savedAt = environment.clock().millis();
    try (Progress progress =
        ConsoleProgress.start(environment, common, task, probe.places().pixels())) {
      return probe.measure(
          scorer,
          deltas[which],
          BATCH,
          done -> {
            progress.stepTo(done);
            saveNowAndThen(folder, deltas);
          },
          stopped);
    }
  }

  private void saveNowAndThen(ProbeFolder folder, double[][] deltas) {
    long now = environment.clock().millis();
    if (now - savedAt < SAVED_EVERY.toMillis()) {
      return;
    }
    try {
      folder.save(deltas);
      savedAt = now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProbeFiles.Mode mode(BlockMap map, float[] gradient) {
    double[] predicted = map.probe().predicted(gradient);
    return new ProbeFiles.Mode(
        map,
        Arrays.stream(predicted).boxed().toList(),
        map.agreement(predicted),
        map.byEdgeRank(SplitMix64.stream(seed, "probe by edge rank", 0)));
  }

  private static void write(Path folder, List<ProbeFiles.Mode> modes, float[] gradient)
      throws IOException {
    for (ProbeFiles.Mode mode : modes) {
      ProbeFiles.maps(folder, mode);
      ProbeFigures.maps(folder, mode);
      ProbeFigures.profile(folder, mode, PARTS);
    }
    ProbeFiles.gradient(folder, modes.get(0).map().probe().base().canvas(), gradient);
    ProbeFiles.profile(folder, modes, PARTS);
    ProbeFiles.summary(folder, modes);
  }

  /** Of the first mode: added pixels, unless only removing was asked for. */
  private boolean pairs(
      DifferentiableClassifier classifier,
      PairProbe drawn,
      BlockMap map,
      Path folder,
      BooleanSupplier stopped)
      throws IOException {
    Optional<List<PixelPair>> pairs;
    try (Progress progress =
        ConsoleProgress.start(environment, common, "pairs", 3L * what.pairs())) {
      pairs = drawn.measure(classifier, map, BATCH, progress::stepTo, stopped);
    }
    if (pairs.isEmpty()) {
      return false;
    }
    Interactions interactions =
        Interactions.of(pairs.get(), SplitMix64.stream(seed, "interactions", 0));
    ProbeFiles.pairs(folder, map.canvas(), pairs.get(), interactions);
    environment.out().print(ProbeSummary.text(interactions));
    return true;
  }
}
