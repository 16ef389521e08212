package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.network.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.boundary.TransferImages;
import org.whisker.study.boundary.TransferTarget;
import org.whisker.study.input.PictureGroup;
import org.whisker.table.TransferFiles;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary transfer}: evolved images before other models. */
@Command(
    name = "transfer",
    description = {
      "Scores images evolved on one model with every other model, and as many pixels at random"
          + " places for comparison: are they cats to all models, to a family of them, or only to"
          + " one set of weights?",
      "Writes transfer.csv (one row per set of images and model), transfer-images.csv,"
          + " transfer.png."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "An image whose size differs from a model's input is resized, which blurs its",
      "pixels; the rows of such a pair in transfer.csv say little.",
      "",
      "Examples:",
      "  whisker boundary transfer vgg-run inception-run",
      "  whisker boundary transfer my-run --padding all",
      "  whisker boundary transfer my-run photos/test --models vgg16-mini,models/my-vgg"
    })
final class BoundaryTransferCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description =
          "Output folders of evolve; also folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--models",
      paramLabel = "LIST",
      split = ",",
      description = "Names or paths of the models that score. Default: all in models/.")
  private List<String> models = List.of();

  @Option(
      names = "--padding",
      paramLabel = "LIST",
      split = ",",
      description =
          "Also score with the same weights under these paddings: zero, reflect, replicate,"
              + " circular, or all. Default: only each model's own.")
  private List<String> paddings = List.of();

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final SeededOutput output = new SeededOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryTransferCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TorchClassifier.Settings settings = running.settings(BATCH);
    ModelStore store = new ModelStore(environment.home().models());
    List<TransferTarget> targets = targets(store);
    TransferImages sources = new TransferImages(images, perGroup.get(), output.seed());
    sources.at(targets.get(0).canvas());
    Path folder = output.folder(environment, "transfer");
    List<TransferTarget> scored = new ArrayList<>();
    List<List<Transfer>> columns = new ArrayList<>();
    Set<Canvas> noted = new HashSet<>();
    try (Progress progress = ConsoleProgress.start(environment, common, "models", targets.size())) {
      for (int i = 0; i < targets.size(); i++) {
        Optional<DifferentiableClassifier> opened = targets.get(i).open(settings, this::note);
        if (opened.isPresent()) {
          try (DifferentiableClassifier classifier = opened.get()) {
            if (noted.add(classifier.canvas())) {
              PictureGroup.noteResized(
                  sources.at(classifier.canvas()), environment.context(common));
            }
            columns.add(sources.score(targets.get(i), classifier, store));
            scored.add(targets.get(i));
          }
        }
        progress.stepTo(i + 1L);
      }
    }
    write(folder, settings, sources, scored, columns);
    environment.out().println("written to " + folder);
    return ExitCode.OK;
  }

  private void write(
      Path folder,
      TorchClassifier.Settings settings,
      TransferImages sources,
      List<TransferTarget> targets,
      List<List<Transfer>> columns)
      throws IOException {
    Canvas first = targets.get(0).canvas();
    TransferFiles files =
        new TransferFiles(
            sources.sources(first),
            targets.stream().map(t -> new TransferFiles.Target(t.name(), t.label())).toList(),
            IntStream.range(0, columns.get(0).size())
                .mapToObj(row -> columns.stream().map(column -> column.get(row)).toList())
                .toList());
    files.write(folder, SplitMix64.stream(output.seed(), "transfer intervals", 0));
    Map<String, Object> manifest =
        Provenance.manifest(
            "boundary transfer",
            environment.context(common),
            targets.get(0).model().card(),
            settings);
    manifest.remove("model");
    manifest.put("models", targets.stream().map(TransferTarget::describe).toList());
    manifest.put("images", PictureGroup.describe(sources.at(first)));
    manifest.put("control", "as many pixels as each image has, each place as likely");
    manifest.put("seed", output.seed());
    JsonFile.write(folder.resolve("manifest.json"), manifest);
    environment.out().print(TransferSummary.text(files));
  }

  /** Each model once, under its own padding and those asked for. */
  private List<TransferTarget> targets(ModelStore store) throws IOException {
    Set<Padding> asked = asked();
    List<TransferTarget> targets = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(models.isEmpty() ? store.list() : models);
    for (String name : names) {
      StoredModel model = Models.open(store, name);
      if (model.card().isModule() && !asked.isEmpty()) {
        note("no other padding for " + name + ": it is a TorchScript module");
      }
      targets.addAll(TransferTarget.of(model, asked));
    }
    if (targets.isEmpty()) {
      throw new IOException(environment.home().models() + " has no model; name some by --models");
    }
    return targets;
  }

  private Set<Padding> asked() {
    if (paddings.equals(List.of("all"))) {
      return EnumSet.allOf(Padding.class);
    }
    Set<Padding> asked = EnumSet.noneOf(Padding.class);
    for (String padding : paddings) {
      asked.add(InvalidRequestException.check(() -> Padding.parse(padding)));
    }
    return asked;
  }

  private void note(String line) {
    if (!common.quiet()) {
      environment.err().println("whisker: " + line);
    }
  }
}
