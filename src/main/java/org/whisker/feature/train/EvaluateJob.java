package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Evaluation;
import org.whisker.classifier.Evaluation.Confusion;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.dataset.PhotoTable;
import org.whisker.feature.train.EvaluateJob.EvaluateConfig;
import org.whisker.feature.train.EvaluationTables.CalibrationRow;
import org.whisker.feature.train.EvaluationTables.ConfusionRow;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.EvaluationTables.OriginRow;
import org.whisker.feature.train.EvaluationTables.PredictionRow;
import org.whisker.feature.train.EvaluationTables.RocRow;
import org.whisker.image.Raster;
import org.whisker.job.DeviceConfig;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.SharedOptions;
import org.whisker.job.input.PhotoReading;
import org.whisker.job.input.PictureSize;
import org.whisker.option.Option;
import org.whisker.stats.RocCurve;
import org.whisker.stats.RocCurve.Auc;
import org.whisker.stats.ShareInterval;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/** Measures how good a classifier is on labelled photos. */
public final class EvaluateJob extends ResumableJob<EvaluateConfig, EvaluateJob.Result> {
  private static final String COMMAND = "evaluate";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "data", "photos");

  public EvaluateJob(JobContext context) {
    super(context, COMMAND, EvaluateConfig.class);
  }

  /**
   * What was measured.
   *
   * @param folder the folder that holds the tables
   * @param summary the row of its {@code summary.csv}
   */
  public record Result(Path folder, EvaluationRow summary) implements Outcome {}

  /**
   * Scores the photos and writes the tables {@code predictions.csv}, {@code summary.csv}, {@code
   * by_origin.csv}, {@code calibration.csv}, {@code roc.csv} and {@code confusion.csv}.
   */
  @Override
  public Result run(EvaluateConfig config, JobFolder.Place place) throws IOException {
    place.check();
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    PhotoSet set = photos(config, new Classes(stored.card().output().target()));
    PhotoReading photos = PhotoReading.of(set, stored.card().planes(), context);
    EvaluationTables tables = new EvaluationTables(score(config, stored, photos));
    String name = stored.card().name();
    Map<String, Object> content =
        Provenance.manifest(COMMAND, context, stored.card(), config.run());
    content.put("data", set.name());
    content.put("photos", counts(photos));
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(
            context.home().analyses(), COMMAND + "-" + name, content, config, DECISIVE),
        folder -> write(folder, tables));
  }

  private static Result write(JobFolder job, EvaluationTables tables) throws IOException {
    job.begin();
    tables.write(job.folder());
    job.finish(Map.of());
    return new Result(job.folder(), tables.summary());
  }

  private ScoredPhotos score(EvaluateConfig config, StoredModel stored, PhotoReading photos)
      throws IOException {
    try (Classifier classifier = Classifiers.openAny(stored, config.run());
        Progress progress = context.progress("scoring photos", photos.photos().size())) {
      int batch = config.run().batch();
      return ScoredPhotos.of(classifier, photos.photos(), batch, progress::stepTo);
    }
  }

  private static PhotoSet photos(EvaluateConfig config, Classes classes) throws IOException {
    return TrainingPhotos.isTable(config.data())
        ? rows(config, PhotoTable.open(config.data(), classes))
        : PhotoSet.of(PhotoFolder.open(folder(config, classes), classes));
  }

  private static PhotoSet rows(EvaluateConfig config, PhotoTable table) throws IOException {
    return config.split().isEmpty() && !table.hasSplits()
        ? table.all()
        : table.split(config.split().orElse(TrainingPhotos.TEST));
  }

  /** The folder with cat/ and not_cat/, or those of another class. */
  private static Path folder(EvaluateConfig config, Classes classes) throws IOException {
    Path data = config.data();
    if (config.split().isPresent()) {
      return data.resolve(config.split().get());
    }
    return classes.areIn(data) || !Files.isDirectory(data)
        ? data
        : data.resolve(TrainingPhotos.TEST);
  }

  private static Map<String, Integer> counts(PhotoReading photos) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Label label : Label.values()) {
      counts.put(label.label(), photos.count(label));
    }
    counts.put("unreadable", photos.unreadable());
    return counts;
  }

  private static final class EvaluationTables {
    private static final double LEVEL = 0.95;

    private final ScoredPhotos scored;
    private final Evaluation evaluation;

    EvaluationTables(ScoredPhotos scored) {
      this.scored = scored;
      this.evaluation = scored.evaluation();
    }

    void write(Path folder) throws IOException {
      PredictionRow.TABLE.writeIn(folder, predictions());
      EvaluationRow.TABLE.writeIn(folder, List.of(summary()));
      OriginRow.TABLE.writeIn(folder, origins());
      CalibrationRow.TABLE.writeIn(folder, calibration());
      RocRow.TABLE.writeIn(folder, roc());
      ConfusionRow.TABLE.writeIn(folder, confusion());
    }

    EvaluationRow summary() {
      Confusion confusion = evaluation.confusion();
      return new EvaluationRow(
          confusion.accuracy(),
          confusion.recallTarget(),
          confusion.recallNotTarget(),
          evaluation.rocAuc(),
          evaluation.expectedCalibrationError(),
          confusion.total(),
          ends(confusion.catAsCat() + confusion.notCatAsNotCat(), confusion.total()),
          ends(confusion.catAsCat(), confusion.catAsCat() + confusion.catAsNotCat()),
          ends(confusion.notCatAsNotCat(), confusion.notCatAsCat() + confusion.notCatAsNotCat()),
          Auc.intervalBelow(
                  evaluation.logitsOf(Label.CAT.classIndex()),
                  evaluation.logitsOf(Label.NOT_CAT.classIndex()),
                  LEVEL)
              .map(EvaluationRow.Ends::of)
              .orElse(null));
    }

    private static EvaluationRow.Ends ends(int right, int photos) {
      return EvaluationRow.Ends.of(ShareInterval.of(right, photos, LEVEL));
    }

    private List<PredictionRow> predictions() {
      List<PredictionRow> rows = new ArrayList<>();
      for (int i = 0; i < scored.photos().size(); i++) {
        Photo photo = scored.photos().get(i);
        float logit = scored.logit(i);
        rows.add(
            new PredictionRow(
                photo.file().toString(),
                photo.label(),
                photo.origin(),
                logit,
                Classifier.catProbability(logit)));
      }
      return rows;
    }

    private List<OriginRow> origins() {
      List<OriginRow> rows = new ArrayList<>();
      evaluation
          .accuracyByOrigin()
          .forEach((origin, accuracy) -> rows.add(new OriginRow(origin, count(origin), accuracy)));
      return rows;
    }

    private int count(String origin) {
      return (int) scored.photos().stream().filter(p -> p.origin().equals(origin)).count();
    }

    private List<CalibrationRow> calibration() {
      return evaluation.calibration().stream()
          .map(
              bin ->
                  new CalibrationRow(
                      bin.lower(),
                      bin.upper(),
                      bin.count(),
                      bin.cats(),
                      bin.count() == 0
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(bin.meanPredicted()),
                      bin.count() == 0
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(bin.targetFraction())))
          .toList();
    }

    private List<RocRow> roc() {
      return scored.roc().points().stream()
          .map(p -> new RocRow(-p.threshold(), p.falsePositiveRate(), p.truePositiveRate()))
          .toList();
    }

    private List<ConfusionRow> confusion() {
      Confusion confusion = evaluation.confusion();
      return List.of(
          new ConfusionRow(Label.CAT, confusion.catAsCat(), confusion.catAsNotCat()),
          new ConfusionRow(Label.NOT_CAT, confusion.notCatAsCat(), confusion.notCatAsNotCat()));
    }
  }

  /** Labelled photos with a classifier's logits of not-cat. */
  static final class ScoredPhotos {
    private final List<Photo> photos;
    private final float[] logits;

    private ScoredPhotos(List<Photo> photos, float[] logits) {
      this.photos = photos;
      this.logits = logits;
    }

    /**
     * Scores {@code photos}, resized where needed.
     *
     * @param progress told how many are done
     */
    static ScoredPhotos of(
        Classifier classifier, List<CachedPhoto> photos, int batch, IntConsumer progress) {
      float[] logits = new float[photos.size()];
      for (int from = 0; from < logits.length; from += batch) {
        int to = Math.min(logits.length, from + batch);
        List<Raster> some =
            photos.subList(from, to).stream()
                .map(photo -> PictureSize.fitted(photo, classifier.canvas()))
                .toList();
        System.arraycopy(classifier.logits(some), 0, logits, from, to - from);
        progress.accept(to);
      }
      return new ScoredPhotos(photos.stream().map(CachedPhoto::photo).toList(), logits);
    }

    List<Photo> photos() {
      return photos;
    }

    float logit(int photo) {
      return logits[photo];
    }

    Evaluation evaluation() {
      int[] labels = photos.stream().mapToInt(photo -> photo.label().classIndex()).toArray();
      return new Evaluation(logits, labels, photos.stream().map(Photo::origin).toList());
    }

    /** Cats are the positives. */
    RocCurve roc() {
      double[] scores = new double[logits.length];
      boolean[] cats = new boolean[logits.length];
      for (int i = 0; i < logits.length; i++) {
        scores[i] = -logits[i];
        cats[i] = photos.get(i).label() == Label.CAT;
      }
      return RocCurve.of(scores, cats);
    }
  }

  /**
   * An evaluation of a classifier on labelled photos.
   *
   * @param model by name or path
   * @param data a folder with {@code cat/} and {@code not_cat/}, or one with folders of that kind,
   *     or a CSV of photos
   * @param running what the classifier runs on
   */
  public record EvaluateConfig(
      @SharedOptions.Model String model,
      @Option(
              names = "--data",
              label = "DIR|CSV",
              help = {
                "A folder with cat/ and not_cat/, or one with folders of that kind such as"
                    + " train/ and test/; or a CSV with the columns path and label, and"
                    + " optionally split. For a network of dogs the folders are dog/ and"
                    + " not_dog/, or dog/ and any others."
              })
          Path data,
      @Option(
              names = "--split",
              label = "NAME",
              help = {
                "Which of the folders in DIR (default: test, or DIR itself), or which rows of a CSV"
                    + " (default: test, or all rows if it has no column split). In a CSV without"
                    + " that column, the rows that train would assign to the split."
              })
          Optional<String> split,
      DeviceConfig running) {
    /** How many photos are scored at once. */
    private static final int BATCH = 100;

    TorchClassifier.Settings run() {
      return running.settings(BATCH);
    }
  }
}
