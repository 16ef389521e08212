package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.dataset.Label;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoTable;
import org.whisker.io.JsonFile;
import org.whisker.study.OutputFolder;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.input.PhotoReading;
import org.whisker.study.train.ScoredPhotos;
import org.whisker.study.train.TrainingPhotos;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker evaluate}: how good a classifier is on labelled photos. */
@Command(
    name = "evaluate",
    description = "Measures a classifier on labelled photos; writes figures, tables and charts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evaluate --model vgg16-mini --data photos",
      "  whisker evaluate --model vgg16-mini --data photos --split val \\",
      "      --out val-figures",
      "  whisker evaluate --model vgg16-mini --data photos.csv"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final RunningOptions running = new RunningOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|CSV",
      description = {
        "A folder with cat/ and not_cat/, or one with folders of that kind such as train/ and"
            + " test/; or a CSV with the columns path and label, and optionally split."
      })
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = {
        "Which of the folders in DIR (default: test, or DIR itself), or which rows of a CSV"
            + " (default: test, or all rows if it has no column split). In a CSV without that"
            + " column, the rows that train would assign to the split."
      })
  private @Nullable String split;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one in analyses/.")
  private @Nullable Path out;

  public EvaluateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TorchClassifier.Settings run = running.settings(BATCH);
    StoredModel stored = model.open(environment.home());
    PhotoSet set =
        TrainingPhotos.isTable(data) ? rows() : PhotoSet.of(PhotoFolder.open(photoFolder()));
    PhotoReading photos = PhotoReading.of(set, environment.context(common));
    ScoredPhotos scored = score(stored, run, photos);
    String name = stored.card().name();
    Path target =
        OutputFolder.create(
            Optional.ofNullable(out),
            environment.home().analyses(),
            "evaluate-" + name,
            environment.clock());
    EvaluationFiles files = new EvaluationFiles(name, scored);
    files.write(target);
    Map<String, Object> manifest =
        Provenance.manifest("evaluate", environment.context(common), stored.card(), run);
    manifest.put("data", set.name());
    manifest.put("photos", counts(photos));
    JsonFile.write(target.resolve("manifest.json"), manifest);
    environment.out().print(files.summary());
    environment.out().println("written to " + target);
    return ExitCode.OK;
  }

  private PhotoSet rows() throws IOException {
    PhotoTable table = PhotoTable.open(data);
    if (split == null && !table.hasSplits()) {
      return table.all();
    }
    return table.split(split == null ? TrainingPhotos.TEST : split);
  }

  /** The folder with cat/ and not_cat/. */
  private Path photoFolder() {
    if (split != null) {
      return data.resolve(split);
    }
    boolean direct = false;
    for (Label label : Label.values()) {
      direct |= Files.isDirectory(data.resolve(label.folder()));
    }
    return direct || !Files.isDirectory(data) ? data : data.resolve(TrainingPhotos.TEST);
  }

  private ScoredPhotos score(StoredModel stored, TorchClassifier.Settings run, PhotoReading photos)
      throws IOException {
    try (Classifier classifier = Classifiers.openAny(stored, run);
        Progress progress =
            ConsoleProgress.start(environment, common, "scoring", photos.photos().size())) {
      return ScoredPhotos.of(classifier, photos.photos(), BATCH, progress::stepTo);
    }
  }

  private static Map<String, Integer> counts(PhotoReading photos) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Label label : Label.values()) {
      counts.put(label.folder(), photos.count(label));
    }
    counts.put("unreadable", photos.unreadable());
    return counts;
  }
}
