package org.whisker.feature.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Diagnosis;
import org.whisker.diagnosis.Examination;
import org.whisker.diagnosis.Examination.PhotoFolder;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.diagnosis.result.MeasureTables.TokenRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.feature.diagnose.DiagnoseJob.DiagnoseConfig;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize;
import org.whisker.network.Network;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Seed;
import org.whisker.position.DoseResponse;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.table.MapFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Text;

/**
 * Diagnoses by what a network's answers are tied to places. Its folder gets {@code evidence.csv}, a
 * row a measure as it is made, tables of single measures, {@code causes.csv}, {@code
 * diagnosis.json} and {@code index.html}.
 */
final class DiagnoseJob extends ResumableJob<DiagnoseConfig, DiagnoseJob.Result> {
  public static final String COMMAND = "diagnose";

  /** The answer for scripts. */
  public static final String JSON = "diagnosis.json";

  /** In the manifest and the answer for scripts: what was looked at of the way to the input. */
  static final String LOOKED_AT = "looked_at";

  private static final int BATCH = 32;

  /** Most folders of photos, one for each class. */
  private static final int MOST_FOLDERS = 8;

  private static final List<String> DECISIVE =
      List.of("command", "model", "precision", "device", "photos", "pictures", "seed");

  public DiagnoseJob(JobContext context) {
    super(context, COMMAND, DiagnoseConfig.class);
  }

  /**
   * The result.
   *
   * @param diagnosis empty where it was stopped
   */
  public record Result(Path folder, Optional<Diagnosis> diagnosis) implements Outcome {
    @Override
    public boolean done() {
      return diagnosis.isPresent();
    }
  }

  @Override
  public Result run(DiagnoseConfig config, JobFolder.Place place) throws IOException {
    StoredModel stored = config.model().open(context.home());
    TorchClassifier.Settings settings = config.model().settings(BATCH);
    ModelCard card = stored.card();
    Canvas canvas = card.input().canvas();
    List<PictureGroup> groups = photos(config, canvas, card.planes());
    Scene scene = scene(config, canvas, groups);
    Map<String, Object> content = Provenance.manifest(COMMAND, context, card, settings);
    content.put("photos", PictureGroup.describe(groups));
    content.put("pictures", config.pictures());
    content.put("shown", shown(scene));
    content.put("seed", config.seed());
    content.put(LOOKED_AT, lookedAt(canvas, groups));
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(), COMMAND + "-" + card.name(), content, config, DECISIVE);
    return JobFolder.hold(
        context,
        place,
        job,
        folder -> examine(new DiagnosedModel(stored, settings), scene, config.seed(), folder));
  }

  private List<PictureGroup> photos(DiagnoseConfig config, Canvas canvas, int planes)
      throws IOException {
    if (config.photos().isEmpty()) {
      return List.of();
    }
    if (!Files.isDirectory(Path.of(config.photos().get()))) {
      throw new IOException(config.photos().get() + " is no folder; name a folder of photos");
    }
    PictureSize size = new PictureSize(canvas, planes, true);
    List<PictureGroup> groups =
        new PictureReader("PHOTOS", size, config.pictures(), config.seed())
            .readByFolder(config.photos().get(), MOST_FOLDERS);
    PictureGroup.noteResized(groups, context);
    enlarged(canvas, groups).ifPresent(context::note);
    return groups;
  }

  /** Photos of all folders in turn; drawn pictures where there are too few. */
  private Scene scene(DiagnoseConfig config, Canvas canvas, List<PictureGroup> groups) {
    List<Raster> pictures = new ArrayList<>();
    int most = groups.stream().mapToInt(group -> group.pictures().size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      for (PictureGroup group : groups) {
        if (i < group.pictures().size() && pictures.size() < config.pictures()) {
          pictures.add(group.pictures().get(i).raster());
        }
      }
    }
    List<PhotoFolder> folders =
        groups.stream().map(group -> new PhotoFolder(group.name(), group.rasters())).toList();
    if (pictures.size() >= Scene.fewest()) {
      return new Scene(pictures, folders, false);
    }
    if (!groups.isEmpty()) {
      context.note(
          "there are fewer than " + Scene.fewest() + " photos; drawn pictures are shown instead");
    }
    return new Scene(Scene.drawn(canvas, config.pictures(), config.seed()), folders, true);
  }

  private static String shown(Scene scene) {
    return scene.pictures().size() + (scene.isDrawn() ? " drawn pictures" : " photos");
  }

  private Result examine(DiagnosedModel model, Scene scene, long seed, JobFolder folder)
      throws IOException {
    Examination examination =
        new Examination(
            model, scene, seed, new DiagnosisTables(folder.folder()), context.stop().listen());
    List<String> measures = examination.measures();
    boolean done =
        folder.fill(
            "measures",
            EvidenceRow.TABLE,
            EvidenceRow.FILE,
            measures.size(),
            (number, progress, stopped) -> {
              progress.extraMessage(measures.get(number));
              try {
                return Optional.of(examination.measure(measures.get(number)));
              } catch (CancellationException e) {
                return Optional.empty();
              }
            });
    return new Result(folder.folder(), done ? Optional.of(decide(folder)) : Optional.empty());
  }

  private Diagnosis decide(JobFolder job) throws IOException {
    Path folder = job.folder();
    List<EvidenceRow> evidence = EvidenceRow.TABLE.read(folder.resolve(EvidenceRow.FILE));
    Diagnosis diagnosis = Diagnosis.of(evidence);
    CauseRow.TABLE.writeIn(folder, diagnosis.causes());
    JsonFile.write(
        folder.resolve(JSON), json(diagnosis, evidence, Manifest.text(folder, "/" + LOOKED_AT)));
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("answer", diagnosis.sentence());
    found.put("causes", diagnosis.labels());
    job.manifest().tell(found);
    job.begin();
    DiagnosisPage.write(folder);
    job.finish(found);
    return diagnosis;
  }

  private static Map<String, Object> json(
      Diagnosis diagnosis, List<EvidenceRow> evidence, String lookedAt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("verdict", diagnosis.verdict());
    json.put("causes", diagnosis.labels());
    json.put("undecided", diagnosis.labels(CauseRow.UNDECIDED));
    json.put("untested", diagnosis.labels(CauseRow.UNTESTED));
    json.put("answer", diagnosis.sentence());
    json.put("mend", diagnosis.found().isEmpty() ? "" : diagnosis.found().get(0).mend());
    json.put(LOOKED_AT, lookedAt);
    json.put("evidence", diagnosis.causes().stream().map(CauseRow.TABLE::values).toList());
    json.put(
        "symptoms",
        evidence.stream()
            .filter(row -> Examination.isSymptom(row.measure()))
            .map(EvidenceRow.TABLE::values)
            .toList());
    return json;
  }

  /** What was looked at of the way of a photo to the network, and what was not, in words. */
  private static String lookedAt(Canvas canvas, List<PictureGroup> groups) {
    return "The network was looked at from its input of "
        + canvas
        + " pixels on; how photos come to that size elsewhere is not in its file, and was not"
        + " looked at."
        + (groups.isEmpty() ? "" : " " + lookedAtPhotos(canvas, groups));
  }

  private static String lookedAtPhotos(Canvas canvas, List<PictureGroup> groups) {
    Supplier<DoubleStream> cut =
        () ->
            groups.stream()
                .flatMap(group -> group.pictures().stream())
                .mapToDouble(PictureGroup.Picture::cut);
    double most = cut.get().max().orElse(0);
    String lost =
        most == 0
            ? "Nothing of these photos was cut away."
            : Text.of(
                "Here photos were resized to cover %s and cropped to their middle: %.0f %% of their"
                    + " pixels were cut away on average, at most %.0f %%, and no measure saw them.",
                canvas, 100 * cut.get().average().orElse(0), 100 * most);
    return lost + enlarged(canvas, groups).map(" "::concat).orElse("");
  }

  /** What is said of photos that are less than half as wide or high as the input. */
  private static Optional<String> enlarged(Canvas canvas, List<PictureGroup> groups) {
    List<Canvas> small =
        PictureGroup.members(groups).stream()
            .map(member -> member.picture().from())
            .filter(
                from -> 2 * from.width() < canvas.width() || 2 * from.height() < canvas.height())
            .sorted(Comparator.comparingInt(Canvas::pixels))
            .toList();
    return small.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Text.of(
                "%d of the photos, the smallest of %s, were enlarged to more than twice their size:"
                    + " what is smaller than their pixels was not shown.",
                small.size(), small.get(0)));
  }

  /** A model of the store under diagnosis. */
  private record DiagnosedModel(StoredModel stored, TorchClassifier.Settings settings)
      implements Subject {
    @Override
    public DifferentiableClassifier open() throws IOException {
      return Classifiers.openAny(stored, settings);
    }

    @Override
    public Optional<Network> network() {
      return stored.card().isModule() ? Optional.empty() : Optional.of(Networks.of(stored.card()));
    }

    @Override
    public ActivationClassifier openCut(UnaryOperator<Network> change) throws IOException {
      return Classifiers.openCut(stored, change, settings);
    }

    @Override
    public ActivationClassifier openTokens(boolean alike) throws IOException {
      return Classifiers.openTokens(stored, alike, settings);
    }

    @Override
    public Classifier openAveraged(UnaryOperator<Network> change) throws IOException {
      return Classifiers.openAveraged(stored, change, settings);
    }
  }

  /** Writes the tables of single measures into a folder. */
  record DiagnosisTables(Path folder) implements Examination.Sink {
    /** The gradient is per gray value, relative to the mean of its map. */
    static final String RELATIVE = "relative";

    @Override
    public void layers(List<LayerPaddingRow> rows) throws IOException {
      LayerPaddingRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void operations(List<OperationRow> rows) throws IOException {
      OperationRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void tokens(List<TokenRow> rows) throws IOException {
      TokenRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void shifts(List<ShiftRow> rows) throws IOException {
      ShiftRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void unread(List<UnreadRow> rows) throws IOException {
      UnreadRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void marks(List<MarkRow> rows) throws IOException {
      MarkRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void places(List<PlaceRow> rows) throws IOException {
      PlaceRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void classMaps(List<ClassMapRow> rows) throws IOException {
      ClassMapRow.TABLE.writeIn(folder, rows);
    }

    @Override
    public void doses(DoseResponse response, RandomGenerator random) throws IOException {
      DoseRow.TABLE.writeIn(folder, DoseRow.of("white", response, random));
    }

    @Override
    public void map(String name, Canvas canvas, double[] values) throws IOException {
      MapFiles.write(folder.resolve(name), canvas, values, RELATIVE);
    }
  }

  /**
   * What a diagnosis is asked for.
   *
   * @param photos a folder of photos; empty for drawn pictures
   * @param seed the seed of all that is drawn
   */
  public record DiagnoseConfig(
      @OptionGroup(
              change =
                  @OptionGroup.Change(
                      component = "name",
                      option =
                          @Option(
                              label = "MODEL",
                              candidates = Option.MODELS,
                              help =
                                  "The network: the name of a folder in models/, or the path of"
                                      + " one.")))
          ModelConfig model,
      @Option(
              label = "PHOTOS",
              help =
                  "A folder of photos, or of folders of photos, one for each class (the first eight"
                      + " are read). Without it the network is shown drawn pictures, and marks in"
                      + " photos are not tested.")
          Optional<String> photos,
      @Option(
              names = "--pictures",
              label = "N",
              defaultValue = "32",
              min = 8,
              max = 4096,
              help =
                  "Number of pictures for each measure; photos are drawn from each folder,"
                      + " this many from each.")
          int pictures,
      @Seed long seed) {
    public DiagnoseConfig {
      Options.check(DiagnoseConfig.class, model, photos, pictures, seed);
    }
  }
}
