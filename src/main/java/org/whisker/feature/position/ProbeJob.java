package org.whisker.feature.position;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBins;
import org.whisker.image.Raster;
import org.whisker.io.CheckpointFile;
import org.whisker.job.CheckpointClock;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureSize;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.position.PairProbe;
import org.whisker.position.PairProbe.Interactions;
import org.whisker.position.PairProbe.PixelPair;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.position.result.ProbeTables;
import org.whisker.position.result.ProbeTables.ProbeMode;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.method.InputGradient;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Text;

/**
 * Changes one pixel, or one block, at every place of a picture and maps what that does to the logit
 * of not-cat, next to what the gradient predicts. Its folder gets the tables of {@link
 * org.whisker.position.result.ProbeTables} and {@code manifest.json}; the listener is told when
 * they are whole. A job that is stopped can be gone on with.
 */
public final class ProbeJob extends ResumableJob<ProbeConfig, ProbeJob.ProbeResult> {
  /** Bins of edge rank in the profile. */
  public static final int RINGS = EdgeBins.DEFAULT_PARTS;

  static final int BATCH = 100;

  static final String COMMAND = "probe";

  private static final List<String> DECISIVE =
      List.of("command", "model", "precision", "device", "pixels_crc32", "block", "modes");

  /** A job that tells the context's listener how it goes. */
  public ProbeJob(JobContext context) {
    super(context, COMMAND, ProbeConfig.class);
  }

  @Override
  public ProbeResult run(ProbeConfig config, JobFolder.Place place) throws IOException {
    TorchClassifier.Settings settings = config.running(BATCH);
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      if (config.doses().isPresent()) {
        return new DoseProbe(context, config, config.doses().get())
            .run(classifier, Provenance.manifest(COMMAND, context, stored.card(), settings), place);
      }
      ProbeSubject subject =
          ProbeSubject.read(config, PictureSize.of(classifier, config.resize()), context);
      Map<String, Object> content = Provenance.manifest(COMMAND, context, stored.card(), settings);
      subject.describe(content);
      JobFolder.Job job =
          new JobFolder.Job(
              context.home().analyses(),
              COMMAND + "-" + stored.card().name(),
              content,
              config,
              DECISIVE);
      return JobFolder.hold(
          context,
          place,
          job,
          folder ->
              folder.attempt(
                  held -> measure(classifier, subject, held.folder()), ProbeResult::done));
    }
  }

  private ProbeResult measure(
      DifferentiableClassifier classifier, ProbeSubject subject, Path folder) throws IOException {
    BooleanSupplier stopped = context.stop().listen();
    return new ProbeRun(context, classifier, subject, new ProbeFolder(folder), stopped).run();
  }

  /** Measures a probe in its folder, from the start or from what was measured before. */
  private static final class ProbeRun {
    private static final Duration PACED_AFTER = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(15);

    private final JobContext context;
    private final DifferentiableClassifier classifier;
    private final ProbeSubject subject;
    private final ProbeFolder folder;
    private final BooleanSupplier stopped;
    private boolean paced;

    ProbeRun(
        JobContext context,
        DifferentiableClassifier classifier,
        ProbeSubject subject,
        ProbeFolder folder,
        BooleanSupplier stopped) {
      this.context = context;
      this.classifier = classifier;
      this.subject = subject;
      this.folder = folder;
      this.stopped = stopped;
    }

    ProbeResult run() throws IOException {
      List<BlockProbe> probes = subject.probes();
      double[][] deltas = folder.load(probes, context::note);
      double baseline;
      try (PatchScorer scorer = PatchClassifier.best(classifier, subject.base())) {
        baseline = scorer.baseLogit();
        for (int i = 0; i < deltas.length; i++) {
          if (!measure(probes.get(i), scorer, deltas, i)) {
            folder.save(deltas);
            return new ProbeResult(folder.path(), false, List.of(), Optional.empty());
          }
        }
      }
      folder.save(deltas);
      float[] gradient = gradient();
      List<ProbeMode> modes = new ArrayList<>();
      for (int i = 0; i < deltas.length; i++) {
        modes.add(mode(new BlockMap(probes.get(i), baseline, deltas[i]), gradient));
      }
      ProbeTables.write(
          folder.path(), modes, subject.base().canvas(), summed(gradient), ProbeJob.RINGS);
      Optional<Interactions> interactions = pairs(modes.get(0).map());
      context.listener().tablesWritten(folder.path()); // also where pairs were stopped
      boolean done = subject.pairs().isEmpty() || interactions.isPresent();
      if (done) {
        folder.finish();
      }
      return new ProbeResult(folder.path(), done, modes, interactions);
    }

    /** Gradient of the logit by the value of each plane of the picture. */
    private float[] gradient() {
      List<Raster> base = List.of(subject.base());
      return subject.base().planes() == 1
          ? InputGradient.of(classifier, base, 1).get(0).values()
          : classifier.inputGradients(base).get(0);
    }

    /** Sums a gradient over the planes. */
    private float[] summed(float[] gradient) {
      int pixels = subject.base().canvas().pixels();
      float[] sums = Arrays.copyOf(gradient, pixels);
      for (int at = pixels; at < gradient.length; at++) {
        sums[at % pixels] += gradient[at];
      }
      return sums;
    }

    private boolean measure(BlockProbe probe, PatchScorer scorer, double[][] deltas, int which) {
      String task = probe.fill() == BlockProbe.Fill.BLACK ? "making black" : "making white";
      long begun = context.clock().millis();
      int before = (int) Arrays.stream(deltas[which]).filter(delta -> !Double.isNaN(delta)).count();
      try (Progress progress = context.progress(task, probe.places().pixels())) {
        return probe.measure(
            scorer,
            deltas[which],
            ProbeJob.BATCH,
            done -> {
              progress.stepTo(done);
              folder.saveNowAndThen(deltas);
              noteLong(
                  context.clock().millis() - begun, done - before, deltas[which].length - done);
            },
            stopped);
      }
    }

    /** Once, as soon as the pace is known: what a user can do who can't wait so long. */
    private void noteLong(long millis, int done, int left) {
      if (paced || millis < PACED_AFTER.toMillis() || done < 1) {
        return;
      }
      paced = true;
      Duration needed = Duration.ofMillis(millis / done * left);
      if (needed.compareTo(LONG) > 0) {
        context.note(
            Text.of(
                "%d places will take about %d min; --block 4 takes a sixteenth of it, and what"
                    + " Ctrl-C"
                    + " stops --resume goes on with",
                left, needed.toMinutes()));
      }
    }

    private ProbeMode mode(BlockMap map, float[] gradient) {
      double[] predicted = map.probe().predicted(gradient);
      return new ProbeMode(
          map,
          Arrays.stream(predicted).boxed().toList(),
          map.agreement(predicted),
          map.byEdgeRank(stream("probe by edge rank")));
    }

    private SplitMix64 stream(String name) {
      return SplitMix64.stream(subject.config().seed(), name, 0);
    }

    /**
     * Tests pairs of the first mode: added pixels, unless only removing was asked for. Empty when
     * stopped.
     */
    private Optional<Interactions> pairs(BlockMap map) throws IOException {
      if (subject.pairs().isEmpty()) {
        return Optional.empty();
      }
      PairProbe drawn = subject.pairs().get();
      Optional<List<PixelPair>> pairs;
      try (Progress progress = context.progress("testing pairs", 3L * subject.config().pairs())) {
        pairs = drawn.measure(classifier, map, ProbeJob.BATCH, progress::stepTo, stopped);
      }
      if (pairs.isEmpty()) {
        return Optional.empty();
      }
      Interactions interactions = Interactions.of(pairs.get(), stream("interactions"));
      ProbeTables.write(folder.path(), map.canvas(), pairs.get(), interactions);
      return Optional.of(interactions);
    }
  }

  /**
   * What a probe that may be interrupted has measured so far: a {@link CheckpointFile} in its
   * folder that holds all modes' places one after the other, NaN where a place was not measured
   * yet.
   */
  public static final class ProbeFolder {
    private final Path path;
    private final CheckpointClock clock = new CheckpointClock();

    ProbeFolder(Path path) {
      this.path = path;
    }

    Path path() {
      return path;
    }

    /**
     * What was measured; nothing when it was never saved.
     *
     * @param notes is told in one line of a damaged file
     */
    double[][] load(List<BlockProbe> probes, Consumer<String> notes) {
      return load(() -> unmeasured(probes), notes);
    }

    /**
     * Loads what was measured into rows of numbers, which begin as NaN; all NaN when nothing was
     * saved.
     *
     * @param notes is told in one line of a damaged file
     */
    double[][] load(Supplier<double[][]> unmeasured, Consumer<String> notes) {
      return new CheckpointFile(path)
          .read((in, length) -> read(in, length, unmeasured.get()), notes)
          .orElseGet(unmeasured);
    }

    private static double[][] unmeasured(List<BlockProbe> probes) {
      return probes.stream().map(BlockProbe::unmeasured).toArray(double[][]::new);
    }

    private static double[][] read(DataInputStream in, long length, double[][] deltas)
        throws IOException {
      long expected = 0;
      for (double[] delta : deltas) {
        expected += (long) delta.length * Double.BYTES;
      }
      if (length != expected) {
        throw new IOException(length + " bytes, expected " + expected);
      }
      for (double[] delta : deltas) {
        for (int place = 0; place < delta.length; place++) {
          delta[place] = in.readDouble();
        }
      }
      return deltas;
    }

    /** Keeps what was measured if that was not done for a minute. */
    void saveNowAndThen(double[][] deltas) {
      if (clock.isDue()) {
        try {
          save(deltas);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        clock.kept();
      }
    }

    /** Keeps what was measured, mode by mode. */
    public void save(double[][] deltas) throws IOException {
      new CheckpointFile(path)
          .write(
              out -> {
                for (double[] delta : deltas) {
                  for (double value : delta) {
                    out.writeDouble(value);
                  }
                }
              });
    }

    /** Takes the progress away: all it held is in the maps. */
    void finish() throws IOException {
      new CheckpointFile(path).delete();
    }
  }

  /**
   * What is changed: the picture, one probe a mode that changes anything in it, and pairs.
   *
   * @param pairs the pairs of the first probe's places
   */
  record ProbeSubject(ProbeConfig config, List<BlockProbe> probes, Optional<PairProbe> pairs) {
    ProbeSubject {
      probes = List.copyOf(probes);
    }

    /**
     * Reads the picture.
     *
     * @throws InvalidRequestException for an impossible block, a picture with too few places for so
     *     many pairs, or when there is nothing to change
     * @throws IOException when the picture can't be read
     */
    static ProbeSubject read(ProbeConfig config, PictureSize size, JobContext context)
        throws IOException {
      Raster base =
          config.image().isPresent()
              ? picture(config.image().get(), size, context)
              : BlackPixels.none(size.canvas());
      List<BlockProbe> probes = new ArrayList<>();
      for (Fill fill : config.fills()) {
        BlockProbe probe =
            InvalidRequestException.check(() -> new BlockProbe(base, config.block(), fill));
        if (IntStream.range(0, probe.places().pixels()).anyMatch(probe::changes)) {
          probes.add(probe);
        }
      }
      InvalidRequestException.refuse(
          probes.isEmpty(),
          "--mode %s changes nothing on that picture; take another".formatted(mode(config)));
      return new ProbeSubject(config, probes, pairs(config, probes.get(0)));
    }

    static Raster picture(Path file, PictureSize size, JobContext context) throws IOException {
      Raster read = size.read(file);
      Raster fitted = size.fit(file.toString(), read);
      if (size.isResized(read)) {
        context.note(size.note(1, 1));
      }
      return fitted;
    }

    private static String mode(ProbeConfig config) {
      if (config.fills().size() > 1) {
        return "both";
      }
      return config.fills().get(0) == Fill.BLACK ? "add" : "remove";
    }

    private static Optional<PairProbe> pairs(ProbeConfig config, BlockProbe probe) {
      SplitMix64 random = SplitMix64.stream(config.seed(), "pairs", 0);
      return config.pairs() == 0
          ? Optional.empty()
          : Optional.of(
              InvalidRequestException.check(() -> new PairProbe(probe, config.pairs(), random)));
    }

    Raster base() {
      return probes.get(0).base();
    }

    /** Puts what a resumed probe must share. */
    void describe(Map<String, Object> manifest) {
      manifest.put("image", config.image().map(Path::toString).orElse("white"));
      manifest.put("pixels_crc32", PictureSize.crc(base()));
      manifest.put("block", config.block());
      manifest.put("modes", probes.stream().map(probe -> probe.fill().name()).toList());
      manifest.put("pairs", config.pairs());
      manifest.put("seed", config.seed());
    }
  }

  /**
   * What a probe measured.
   *
   * @param folder with the tables
   * @param done whether all is measured; otherwise it was stopped, and can be gone on with
   * @param modes what one change does at every place; empty where it was stopped before all places
   *     were measured
   * @param interactions the interactions of pairs, where they were asked for and measured
   * @param doses what numbers of pixels cost, zone by zone, where they were asked for and measured
   */
  public record ProbeResult(
      Path folder,
      boolean done,
      List<ProbeMode> modes,
      Optional<Interactions> interactions,
      List<DoseRow> doses)
      implements Outcome {
    public ProbeResult {
      modes = List.copyOf(modes);
      doses = List.copyOf(doses);
    }

    ProbeResult(
        Path folder, boolean done, List<ProbeMode> modes, Optional<Interactions> interactions) {
      this(folder, done, modes, interactions, List.of());
    }
  }
}
