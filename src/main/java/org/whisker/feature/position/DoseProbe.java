package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.feature.position.ProbeJob.ProbeFolder;
import org.whisker.feature.position.ProbeJob.ProbeResult;
import org.whisker.feature.position.ProbeJob.ProbeSubject;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.input.PictureSize;
import org.whisker.position.DosePlan;
import org.whisker.position.DoseResponse;
import org.whisker.position.result.DoseTables.BarrierRow;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.random.SplitMix64;

/**
 * A probe that adds numbers of black pixels at random places, zone by zone: {@code dose.csv} and
 * {@code barrier.csv}. It keeps the logits that it has, and can be gone on with.
 */
final class DoseProbe {
  private static final String WHITE = "white";
  private static final List<String> DECISIVE =
      List.of("command", "model", "precision", "device", "pixels_crc32", "counts", "draws", "seed");

  private final JobContext context;
  private final ProbeConfig config;
  private final ProbeConfig.Doses doses;

  DoseProbe(JobContext context, ProbeConfig config, ProbeConfig.Doses doses) {
    this.context = context;
    this.config = config;
    this.doses = doses;
  }

  /**
   * Measures in a new folder or in one that was begun.
   *
   * @param content the content of the manifest, as it begins
   * @throws InvalidRequestException for more pixels than a zone has
   */
  ProbeResult run(Classifier classifier, Map<String, Object> content, JobFolder.Place place)
      throws IOException {
    PictureSize size = PictureSize.of(classifier, config.resize());
    Raster base =
        config.image().isPresent()
            ? ProbeSubject.picture(config.image().get(), size, context)
            : BlackPixels.none(classifier.canvas());
    DosePlan plan =
        InvalidRequestException.check(() -> DosePlan.black(base, doses.design(config.seed())));
    content.put("image", config.image().map(Path::toString).orElse(WHITE));
    content.put("pixels_crc32", PictureSize.crc(base));
    content.put("counts", doses.counts());
    content.put("draws", doses.draws());
    content.put("seed", config.seed());
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(),
            ProbeJob.COMMAND + "-" + classifier.name(),
            content,
            config,
            DECISIVE);
    return JobFolder.hold(
        context,
        place,
        job,
        folder ->
            folder.attempt(
                held -> measure(classifier, plan, new ProbeFolder(held.folder())),
                ProbeResult::done));
  }

  private ProbeResult measure(Classifier classifier, DosePlan plan, ProbeFolder folder)
      throws IOException {
    double[][] logits = folder.load(() -> new double[][] {plan.unmeasured()}, context::note);
    boolean done = measure(classifier, plan, logits, folder);
    folder.save(logits);
    List<DoseRow> rows = done ? write(folder.path(), plan.response(logits[0])) : List.of();
    if (done) {
      folder.finish();
    }
    return new ProbeResult(folder.path(), done, List.of(), Optional.empty(), rows);
  }

  private List<DoseRow> write(Path folder, DoseResponse response) throws IOException {
    String base = config.image().map(file -> String.valueOf(file.getFileName())).orElse(WHITE);
    List<DoseRow> rows = DoseRow.of(base, response, random("dose intervals"));
    DoseRow.TABLE.writeIn(folder, rows);
    BarrierRow barrier = BarrierRow.of(base, response, random("dose barrier"));
    BarrierRow.TABLE.writeIn(folder, List.of(barrier));
    context.listener().tablesWritten(folder);
    return rows;
  }

  private boolean measure(
      Classifier classifier, DosePlan plan, double[][] logits, ProbeFolder folder) {
    BooleanSupplier stopped = context.stop().listen();
    try (Progress progress = context.progress("adding pixels", plan.size())) {
      return plan.measure(
          classifier,
          logits[0],
          ProbeJob.BATCH,
          done -> {
            progress.stepTo(done);
            folder.saveNowAndThen(logits);
          },
          stopped);
    }
  }

  private SplitMix64 random(String name) {
    return SplitMix64.stream(config.seed(), name, 0);
  }
}
