package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.Observer;
import org.whisker.ablation.TrainingChange;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.feature.train.ModelTraining;
import org.whisker.feature.train.MovedPhotos;
import org.whisker.feature.train.MovedPhotos.Correct;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.feature.train.TrainingOrigin;
import org.whisker.feature.train.TrainingPhotos;
import org.whisker.feature.train.TrainingTarget;
import org.whisker.io.Decimals;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.input.PhotoReading;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.value.IoSupplier;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/**
 * Trains the networks that experiments ask for and that are not there yet, each from where an
 * earlier process left it, and tells of all of them (see {@link #writeRecord}).
 */
final class NetworkTraining {
  private final JobContext context;
  private final Path folder;
  private @Nullable Decoded decoded;

  /**
   * @param folder the folder of the experiments
   */
  NetworkTraining(JobContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /**
   * Decoded photos of all splits.
   *
   * @param planes 1 for their gray, 3 for their colours
   */
  private record Decoded(int planes, TrainingPhotos photos, PhotoReading test) {}

  /**
   * Trains what an experiment misses.
   *
   * @param count the number of networks an arm
   * @throws CancellationException when stopped; epochs that are done are kept
   */
  void train(AblateJob.Task task, int count, BooleanSupplier stopped) throws IOException {
    RetrainedNetworks networks = task.model().retrained().orElseThrow();
    List<Retrained> missing =
        networks.missing(task.ablation().retrained(task.model(), task.setting(), count));
    long begun = context.clock().millis();
    for (int i = 0; i < missing.size(); i++) {
      String which =
          Text.of(
              "%s network %d of %d%s",
              task.ablation().id(), i + 1, missing.size(), left(begun, i, missing.size()));
      train(networks, task.model(), missing.get(i), which, stopped);
    }
    Path own = folder.resolve(task.model().name()).resolve(task.ablation().id());
    writeRecord(own, task, networks, count);
    Path data = networks.retraining().photos().folder();
    new ManipulationCheck(task, networks, count)
        .write(own, () -> test(data, networks.retraining().planes()).photos(), context, stopped);
  }

  /** How long the rest will take, network for network; nothing before the first is done. */
  private String left(long begun, int done, int all) {
    if (done == 0) {
      return "";
    }
    double minutes = (context.clock().millis() - begun) / 60_000.0 * (all - done) / done;
    return Text.of(", %.0f min left:", Math.ceil(minutes));
  }

  private PhotoReading test(Path data, int planes) throws IOException {
    return decoded == null || decoded.planes() != planes
        ? TrainingPhotos.readTest(data, planes, context).orElseThrow()
        : decoded.test();
  }

  /** All experiments have the same photos, which some models see in colours. */
  private Decoded decoded(Path data, int planes) throws IOException {
    if (decoded == null || decoded.planes() != planes) {
      decoded =
          new Decoded(
              planes,
              TrainingPhotos.read(data, planes, context),
              TrainingPhotos.readTest(data, planes, context).orElseThrow());
    }
    return decoded;
  }

  private void train(
      RetrainedNetworks networks,
      StoredAblatedModel model,
      Retrained network,
      String which,
      BooleanSupplier stopped)
      throws IOException {
    ModelRetraining retraining = networks.retraining();
    TrainingOrigin origin = retraining.origin(network, model.stored());
    TrainingTarget target = TrainingTarget.of(networks.path(network), context.home(), false);
    Decoded all = decoded(retraining.photos().folder(), origin.planes());
    TrainingPhotos photos = all.photos();
    TrainingTask task = origin.task(photos.train().photos(), false, model.settings().device());
    ModelTraining training = new ModelTraining(origin, task, target, photos, context);
    Trainer.Result result =
        training
            .train(
                "training " + which,
                line -> context.listener().detail(target.name() + ": " + line),
                stopped)
            .filter(Trainer.Result::finished)
            .orElseThrow(
                () -> new CancellationException("stopped while training " + target.name()));
    ModelCard saved =
        training.save(
            result,
            Optional.of(all.test()),
            retraining.photos().note(),
            retraining.researchOnly(),
            Storage.all(DType.F32));
    training.end();
    say(target, saved);
  }

  private void say(TrainingTarget target, ModelCard saved) {
    Figures figures = saved.figures();
    if (figures != null) {
      context.note(
          Text.of(
              "trained %s: test accuracy %s, p(target) of white %.3f",
              target.folder(),
              Decimals.percent(figures.accuracy()),
              figures.whiteCatProbability()));
    }
  }

  /**
   * Writes {@code networks.csv}: what is told of the networks that were trained for an experiment.
   *
   * @param folder the folder of the experiment's tables
   * @param count the number of networks an arm
   */
  static void writeRecord(Path folder, AblateJob.Task task, RetrainedNetworks networks, int count)
      throws IOException {
    List<NetworkRow> told = new ArrayList<>();
    for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
      for (int i = 0; i < count; i++) {
        if (arm.ofNetwork(i).variant() instanceof Retrained network) {
          told.add(told(arm.name(), i + 1, networks.find(network).orElseThrow()));
        }
      }
    }
    for (Observer observer : task.ablation().observers()) {
      for (Retrained first : observer.trained(task.model(), task.setting())) {
        for (int i = 0; i < count; i++) {
          Retrained network = first.ofNetwork(i);
          told.add(told(first.change().label(), i + 1, networks.find(network).orElseThrow()));
        }
      }
    }
    NetworkRow.TABLE.writeIn(folder, told);
  }

  private static NetworkRow told(String arm, int number, ModelCard card) {
    TrainingRecord training = Objects.requireNonNull(card.training());
    Figures figures = Objects.requireNonNull(card.figures());
    return new NetworkRow(
        arm,
        number,
        new TrainedRow(
            card.name(),
            training.seed(),
            training.epochs(),
            figures.photos(),
            figures.accuracy(),
            figures.recallCat(),
            figures.recallNotCat(),
            figures.rocAuc(),
            figures.whiteCatProbability(),
            card.weights().sha256()),
        training.options().getOrDefault(TuningRecord.KEY, ""));
  }

  /**
   * Manipulation check of an experiment on training position, see {@link ManipulationRow}. Scored
   * once; kept while the networks are the same.
   *
   * @param count the number of networks an arm
   */
  record ManipulationCheck(AblateJob.Task task, RetrainedNetworks networks, int count) {
    private static final double LEVEL = 0.95;
    private static final double ALPHA = 0.05;
    private static final int DRAWS = 9_999;

    /** An arm and how far its training photos were shifted. */
    private record Shifted(AblationArm arm, double most) {}

    /** Writes {@value ManipulationRow#FILE}, if the experiment has arms with shifted photos. */
    void write(
        Path folder,
        IoSupplier<List<CachedPhoto>> test,
        JobContext context,
        BooleanSupplier stopped)
        throws IOException {
      List<Shifted> arms = arms();
      Path file = folder.resolve(ManipulationRow.FILE);
      if (arms.size() < 2 || arms.get(0).most() != 0) {
        return;
      }
      String sha256 = sha256(arms);
      if (ManipulationRow.TABLE.readIfThere(file).stream()
          .anyMatch(row -> row.networksSha256().equals(sha256))) {
        return;
      }
      List<ManipulationRow> rows = new ArrayList<>();
      List<CachedPhoto> photos = test.get();
      for (Shifted arm : arms.subList(1, arms.size())) {
        MovedPhotos moved = new MovedPhotos(photos, arm.most(), task.setting().seed());
        rows.add(row(arms.get(0), arm, moved, sha256, context, stopped));
      }
      ManipulationRow.TABLE.write(file, rows);
      rows.forEach(row -> context.note(text(row)));
    }

    private List<Shifted> arms() {
      List<Shifted> arms = new ArrayList<>();
      for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
        if (arm.variant() instanceof Retrained network
            && network.change() instanceof TrainingChange.Shift shift) {
          arms.add(new Shifted(arm, shift.most()));
        }
      }
      return arms;
    }

    private String sha256(List<Shifted> arms) throws IOException {
      StringBuilder all = new StringBuilder();
      for (Shifted arm : arms) {
        for (Retrained network : networksOf(arm)) {
          all.append(networks.find(network).orElseThrow().weights().sha256()).append('\n');
        }
      }
      return Sha256.ofText(all.toString());
    }

    private List<Retrained> networksOf(Shifted arm) {
      List<Retrained> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (arm.arm().ofNetwork(i).variant() instanceof Retrained network) {
          all.add(network);
        }
      }
      return all;
    }

    private ManipulationRow row(
        Shifted control,
        Shifted treatment,
        MovedPhotos photos,
        String sha256,
        JobContext context,
        BooleanSupplier stopped) {
      List<Correct> without = classified(control, photos, context, stopped);
      List<Correct> with = classified(treatment, photos, context, stopped);
      double[] spared = new double[photos.count()];
      for (int i = 0; i < spared.length; i++) {
        spared[i] = loss(without, i) - loss(with, i);
      }
      Interval interval = Estimate.studentInterval(spared, LEVEL);
      double mean = Summary.of(spared).mean();
      SplitMix64 random = SplitMix64.stream(task.setting().seed(), "manipulation check", 0);
      double p = SignFlipTest.of(spared, 0, Alternative.TWO_SIDED, DRAWS, random).p();
      return new ManipulationRow(
          control.arm().name(),
          treatment.arm().name(),
          count,
          photos.count(),
          treatment.most(),
          accuracy(without, Correct::inPlace),
          accuracy(without, Correct::moved),
          accuracy(with, Correct::inPlace),
          accuracy(with, Correct::moved),
          mean,
          interval.low(),
          interval.high(),
          p,
          mean > 0 && p <= ALPHA,
          sha256);
    }

    private List<Correct> classified(
        Shifted arm, MovedPhotos photos, JobContext context, BooleanSupplier stopped) {
      List<Correct> all = new ArrayList<>();
      int batch = task.model().settings().batch();
      for (Retrained network : networksOf(arm)) {
        try (Progress progress =
                context.progress("shifted photos, " + network.network(), 2L * photos.count());
            Classifier classifier = task.model().open(network)) {
          all.add(photos.classify(classifier, batch, progress::stepTo, stopped));
        }
      }
      return all;
    }

    private static double loss(List<Correct> networks, int photo) {
      return networks.stream().mapToInt(c -> c.loss(photo)).average().orElseThrow();
    }

    private static double accuracy(List<Correct> networks, Function<Correct, List<Boolean>> which) {
      return networks.stream()
          .mapToDouble(c -> Correct.share(which.apply(c)))
          .average()
          .orElseThrow();
    }

    private static String text(ManipulationRow row) {
      return "%s: accuracy %s in place, %s on shifted test photos; %s: %s and %s; %s"
          .formatted(
              row.control(),
              Decimals.percent(row.controlAccuracy()),
              Decimals.percent(row.controlShiftedAccuracy()),
              row.treatment(),
              Decimals.percent(row.treatmentAccuracy()),
              Decimals.percent(row.treatmentShiftedAccuracy()),
              row.shown()
                  ? "the manipulation had the intended effect"
                  : Text.of("no effect of the manipulation was shown (p %.3f)", row.p()));
    }
  }
}
