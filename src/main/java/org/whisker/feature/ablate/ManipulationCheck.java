package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.ModelVariant.TrainingChange;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.feature.train.MovedPhotos;
import org.whisker.feature.train.MovedPhotos.Correct;
import org.whisker.io.Decimals;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Estimate.StudentInterval;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

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

  /** Decodes photos when they are needed. */
  @FunctionalInterface
  interface Photos {
    List<CachedPhoto> read() throws IOException;
  }

  /** Writes {@value ManipulationRow#FILE}, if the experiment has arms with shifted photos. */
  void write(Path folder, Photos test, JobContext context, BooleanSupplier stopped)
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
    List<CachedPhoto> photos = test.read();
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
    Interval interval = StudentInterval.mean(spared, LEVEL);
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
                : String.format(
                    Locale.ROOT, "no effect of the manipulation was shown (p %.3f)", row.p()));
  }
}
