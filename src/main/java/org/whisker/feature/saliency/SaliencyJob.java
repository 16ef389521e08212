package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.saliency.MethodConfig.SaliencySettings;
import org.whisker.image.EdgeBins;
import org.whisker.image.ImageFiles;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.JobManifest.FileHashes;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMethod.NoMapException;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.FaithfulnessTables.TestedMap;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFiles.LayerRow;
import org.whisker.saliency.result.SaliencyFiles.SavedAttribution;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Text;

/**
 * Explains single pictures by saliency maps: which pixels the logit against the target depends on.
 * Its folder gets {@code summary.csv} (a row a map), {@code manifest.json}, {@code images/NAME/}
 * with the maps of a picture as CSV and NPY, and, where asked for, the tables of {@link
 * org.whisker.saliency.result.FaithfulnessTables}; the listener is told when they are whole.
 * However it is cut short, it can be gone on with; maps that are there are not made again.
 */
public final class SaliencyJob extends ResumableJob<SaliencyConfig, Optional<SaliencyResult>> {
  private static final String COMMAND = "saliency";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "precision",
          "device",
          "images",
          "methods",
          "settings",
          "faithfulness",
          "seed",
          "toward");

  /** A job that tells the context's listener how it goes. */
  public SaliencyJob(JobContext context) {
    super(context, COMMAND, SaliencyConfig.class);
  }

  /**
   * {@inheritDoc}
   *
   * @return empty when no image can be read; the listener was told why
   */
  @Override
  public Optional<SaliencyResult> run(SaliencyConfig config, JobFolder.Place place)
      throws IOException {
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    TorchClassifier.Settings running = config.running();
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, running)) {
      SaliencySettings settings = config.settings().on(classifier, config.seed(), config.resize());
      BadInputs bad = new BadInputs(true);
      SaliencyImages read =
          SaliencyImages.read(
              classifier, config.images(), config.resize(), config.perGroup(), config.seed(), bad);
      bad.leftOut().forEach(context::warn);
      if (read.images().isEmpty()) {
        return Optional.empty();
      }
      read.resizedNote().ifPresent(context::note);
      SaliencyRun run =
          new SaliencyRun(context, config, stored, running, classifier, read, settings);
      return Optional.of(
          JobFolder.hold(
              context,
              place,
              job(run),
              folder ->
                  folder.attempt(held -> run.into(held, bad.leftOut()), SaliencyResult::done)));
    }
  }

  private JobFolder.Job job(SaliencyRun run) {
    SaliencyConfig config = run.config();
    Map<String, Object> content =
        Provenance.manifest(COMMAND, context, run.stored().card(), run.running());
    run.read().describe(content);
    content.put("methods", config.methods());
    content.put("settings", config.settings().describe(run.settings()));
    content.put("faithfulness", config.faithfulness());
    content.put("seed", config.seed());
    if (config.isTowardTarget()) {
      content.put("toward", "target: values above 0 of maps that have a sign are evidence for cat");
    }
    return new JobFolder.Job(
        context.home().analyses(),
        COMMAND + "-" + run.stored().card().name(),
        content,
        config,
        DECISIVE);
  }

  /** A saliency job, from opened inputs to tables. */
  private record SaliencyRun(
      JobContext context,
      SaliencyConfig config,
      StoredModel stored,
      TorchClassifier.Settings running,
      DifferentiableClassifier classifier,
      SaliencyImages read,
      SaliencySettings settings) {
    /**
     * Makes everything. What a stopped job has made is written, too, and its page says that it was
     * stopped.
     *
     * @param leftOut images that can't be read, a line each
     */
    SaliencyResult into(JobFolder folder, List<String> leftOut) throws IOException {
      BooleanSupplier stopped = context.stop().listen();
      SaliencyMaps.Outcome outcome = maps(folder.folder(), stopped);
      outcome.failures().forEach(context::warn);
      outcome.notes().forEach(context::note);
      Optional<FaithfulnessTables> tested =
          outcome.stopped() || !config.faithfulness()
              ? Optional.empty()
              : test(outcome.maps(), stopped);
      boolean done = !outcome.stopped() && (tested.isPresent() || !config.faithfulness());
      List<SaliencyRow> rows = outcome.maps().stream().map(this::row).toList();
      if (!rows.isEmpty()) {
        write(folder, rows, tested, notes(outcome, done), done);
      }
      List<String> failures = new ArrayList<>(leftOut);
      failures.addAll(outcome.failures());
      List<FaithfulnessRow> tests = tested.map(FaithfulnessTables::maps).orElse(List.of());
      return new SaliencyResult(folder.folder(), done, failures, rows, tests);
    }

    private SaliencyRow row(ExplainedMap of) {
      return SaliencyRow.of(config.isTowardTarget() ? of.towardsCat() : of);
    }

    private SaliencyMaps.Outcome maps(Path folder, BooleanSupplier stopped) throws IOException {
      SaliencyMaps maps =
          new SaliencyMaps(
              classifier,
              settings,
              config.chosen(),
              config.required(),
              config.isTowardTarget(),
              running.batch(),
              folder);
      int total = read.images().size() * config.methods().size();
      try (Progress progress = context.progress("computing maps", total)) {
        return maps.of(read.images(), stopped, progress);
      }
    }

    private List<String> notes(SaliencyMaps.Outcome outcome, boolean done) {
      List<String> notes = new ArrayList<>(outcome.failures());
      notes.addAll(outcome.notes());
      if (!done) {
        int asked = read.images().size() * config.methods().size();
        notes.add(
            outcome.stopped()
                ? Text.of("Stopped after %d of %d maps.", outcome.maps().size(), asked)
                : "Stopped before all maps were tested.");
      }
      return notes;
    }

    /** Empty when stopped. */
    private Optional<FaithfulnessTables> test(List<ExplainedMap> maps, BooleanSupplier stopped) {
      Map<ExplainedMap.Picture, MethodSettings> sets = new LinkedHashMap<>();
      for (SaliencyImages.Named image : read.images()) {
        sets.put(image.picture(), settings.of(image.picture().raster(), image.tones()));
      }
      SaliencyFaithfulness tests =
          new SaliencyFaithfulness(stored, running, classifier, sets, settings.seed());
      try (Progress progress = context.progress("testing maps", tests.steps(maps.size()))) {
        Optional<List<TestedMap>> tested = tests.of(maps, stopped, progress);
        return tested.map(FaithfulnessTables::of);
      }
    }

    private void write(
        JobFolder held,
        List<SaliencyRow> rows,
        Optional<FaithfulnessTables> tested,
        List<String> notes,
        boolean done)
        throws IOException {
      Path folder = held.folder();
      if (done) {
        layers(folder);
      }
      SaliencyFiles.summary(folder, rows);
      if (tested.isPresent() && !rows.isEmpty()) {
        tested.get().write(folder);
      }
      held.manifest().put("notes", notes);
      held.begin();
      context.listener().tablesWritten(folder);
    }

    /** Writes the tables of layers; nothing where layers are not known. */
    private void layers(Path folder) throws IOException {
      if (!(classifier instanceof FeatureClassifier features)) {
        return;
      }
      for (SaliencyImages.Named image : read.images()) {
        List<LayerProfile> layers =
            LayerProfile.of(
                features,
                features.stages(),
                List.of(image.picture().raster()),
                EdgeBins.DEFAULT_PARTS,
                running.batch());
        Path own = folder.resolve("images").resolve(image.picture().folder());
        LayerRow.TABLE.write(LayerRow.file(own), LayerRow.of(layers));
      }
    }
  }

  /**
   * Makes the maps of images, each safe on the disk before the next, or takes those that are there.
   *
   * @param folder the folder of all results
   * @param required whether it is a failure when a method can't be used on a picture
   * @param towardTarget whether maps are written with values above 0 towards the target
   */
  record SaliencyMaps(
      Classifier classifier,
      SaliencySettings settings,
      List<Method> methods,
      boolean required,
      boolean towardTarget,
      int batch,
      Path folder) {
    private static final int SHIFTS = 999;
    private static final double TOLERANCE = 1e-4;

    /** The result of a job as it grows. */
    static final class Outcome {
      private final List<ExplainedMap> maps = new ArrayList<>();
      private final Reasons failures = new Reasons();
      private final Reasons notes = new Reasons();
      private boolean stopped;

      /** Image by image, method by method. */
      List<ExplainedMap> maps() {
        return List.copyOf(maps);
      }

      /** What was asked for and can't be had, or is wrong, a line each. */
      List<String> failures() {
        return failures.lines();
      }

      List<String> notes() {
        return notes.lines();
      }

      boolean stopped() {
        return stopped;
      }
    }

    /** What is missing or wrong and why, each reason once with the pictures that it holds for. */
    private static final class Reasons {
      private static final int NAMED = 3;
      private final Map<String, Set<String>> pictures = new LinkedHashMap<>();

      void add(ExplainedMap.Picture picture, String why) {
        pictures.computeIfAbsent(why, each -> new LinkedHashSet<>()).add(picture.name());
      }

      List<String> lines() {
        return pictures.entrySet().stream()
            .map(each -> names(each.getValue()) + ": " + each.getKey())
            .toList();
      }

      private static String names(Set<String> pictures) {
        int more = pictures.size() - NAMED;
        return pictures.stream().limit(NAMED).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : "");
      }
    }

    Outcome of(List<SaliencyImages.Named> images, BooleanSupplier stopped, Progress progress)
        throws IOException {
      Outcome outcome = new Outcome();
      int done = 0;
      for (SaliencyImages.Named image : images) {
        Path own = folderOf(image.picture());
        Files.createDirectories(own);
        ImageFiles.writePng(own.resolve("picture.png"), image.picture().raster());
        for (Method method : methods) {
          if (stopped.getAsBoolean()) {
            outcome.stopped = true;
            return outcome;
          }
          make(image, method, outcome, stopped, progress);
          progress.stepTo(++done);
        }
      }
      return outcome;
    }

    Path folderOf(ExplainedMap.Picture picture) {
      return folder.resolve("images").resolve(picture.folder());
    }

    private void make(
        SaliencyImages.Named image,
        Method method,
        Outcome outcome,
        BooleanSupplier stopped,
        Progress progress)
        throws IOException {
      ExplainedMap.Picture picture = image.picture();
      Optional<String> obstacle = method.obstacle(classifier, picture.raster());
      if (obstacle.isPresent() && isOfFirstLook() && method.need() == Need.BLACK_PIXELS) {
        return; // those of a first look are chosen by what the picture is
      }
      if (obstacle.isPresent() && method.need().isOfTokens() && isOfAll()) {
        return; // all are those that the network can have
      }
      if (obstacle.isPresent()) {
        leaveOut(picture, obstacle.get(), outcome);
        return;
      }
      MethodSettings set = settings.of(picture.raster(), image.tones());
      Path own = folderOf(picture);
      SavedAttribution saved = new SavedAttribution(own, SaliencyFiles.stem(method.label()));
      // a turned map is not what tests of maps expect of its method: it is made again
      Optional<Attribution> there = towardTarget ? Optional.empty() : intact(saved, method);
      try {
        Optional<Attribution> found =
            there.isPresent() ? there : measure(picture, method, set, stopped, progress);
        if (found.isEmpty()) {
          outcome.stopped = true;
          return;
        }
        ExplainedMap explained = explained(picture, method, set, found.get());
        if (there.isEmpty()) {
          ExplainedMap written = towardTarget ? explained.towardsCat() : explained;
          SaliencyFiles.write(own, written, towardTarget);
          saved.write(
              written.attribution(), FileHashes.of(own, SaliencyFiles.of(own, explained)).hashes());
        }
        outcome.maps.add(explained);
        verified(explained).ifPresent(why -> outcome.failures.add(picture, why));
      } catch (NoMapException e) {
        leaveOut(picture, String.valueOf(e.getMessage()), outcome);
      } catch (IllegalArgumentException e) {
        outcome.failures.add(picture, String.valueOf(e.getMessage()));
      }
    }

    private boolean isOfAll() {
      return methods.size() == Methods.all().size();
    }

    private boolean isOfFirstLook() {
      List<String> labels = methods.stream().map(Method::label).toList();
      return !required
          && labels.size() == SaliencyConfig.QUICK.size()
          && labels.containsAll(SaliencyConfig.QUICK);
    }

    private void leaveOut(ExplainedMap.Picture picture, String why, Outcome outcome) {
      (required ? outcome.failures : outcome.notes).add(picture, why);
    }

    /** The map that was made before; empty when it was not, or its files were changed since. */
    private static Optional<Attribution> intact(SavedAttribution saved, Method method) {
      try {
        return FileHashes.read(saved.hashes()).changed(saved.folder()).isEmpty()
            ? saved.read(method)
            : Optional.empty();
      } catch (IOException e) {
        return Optional.empty(); // damaged: it is made again
      }
    }

    private Optional<Attribution> measure(
        ExplainedMap.Picture picture,
        Method method,
        MethodSettings set,
        BooleanSupplier stopped,
        Progress progress) {
      String task = picture.name() + ": " + method.label();
      progress.extraMessage(task);
      return new Attributions(
              classifier, set, batch, n -> progress.extraMessage(task + " " + n), stopped)
          .of(method, picture.raster());
    }

    private ExplainedMap explained(
        ExplainedMap.Picture picture, Method method, MethodSettings set, Attribution found) {
      SplitMix64 random =
          SplitMix64.stream(settings.seed(), "shifted maps of " + method.label(), 0);
      SaliencyMap map = found.map();
      return new ExplainedMap(
          picture,
          method.with(set).options(),
          found,
          RadialProfile.of(map, EdgeBins.DEFAULT_PARTS, SHIFTS, random),
          MapEdgeIndex.of(map, SHIFTS, random));
    }

    private static Optional<String> verified(ExplainedMap of) {
      double largest = of.attribution().diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElse(0);
      return largest <= TOLERANCE
          ? Optional.empty()
          : Optional.of(
              Text.of(
                  "occlusion differs from full passes by %.2e logits, more than %.0e",
                  largest, TOLERANCE));
    }
  }
}
