package org.whisker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob.AblateResult;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveJob;
import org.whisker.feature.evolve.EvolveJob.EvolveResult;
import org.whisker.feature.evolve.EvolvePage;
import org.whisker.feature.explain.ExplainConfig;
import org.whisker.feature.explain.ExplainJob.ExplainResult;
import org.whisker.feature.explain.ExplainStudy;
import org.whisker.feature.explain.ReportPage;
import org.whisker.feature.models.ScoreJob;
import org.whisker.feature.models.ScoreJob.ScoreRow;
import org.whisker.feature.position.HeatmapJob;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.feature.position.HeatmapJob.HeatmapResult;
import org.whisker.feature.saliency.SaliencyConfig;
import org.whisker.feature.saliency.SaliencyJob;
import org.whisker.feature.saliency.SaliencyPage;
import org.whisker.feature.saliency.SaliencyResult;
import org.whisker.io.NativeFolders;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.ForwardingListener;
import org.whisker.job.ModelConfig.Models;
import org.whisker.torch.Classifiers;

/**
 * Whisker for Java programs. Each method does what the command of its name does, with the same
 * defaults and the same files: tables, charts, pages, and a {@code manifest.json} from which the
 * command line can resume. Results are returned as records; nothing is printed.
 *
 * <p>In all results, the logit is that of not-cat, p(target) = 1 − sigmoid(logit), and the edge
 * index E of an image is the mean edge rank of its black pixels: ½ is chance, lower is nearer the
 * edge.
 *
 * <p>A model is named by its folder in {@code models/}, or by the path of its folder. {@code out}
 * is the folder to write, new or empty. Every method throws {@link InvalidRequestException} for a
 * request that cannot be fulfilled (its message names the option as the command line calls it), and
 * {@link IOException}, with a message of one line, when a model or file cannot be read or written.
 *
 * <p>Immutable and without resources of its own, so there is nothing to close. A method returns
 * when its job has ended; two jobs may run at the same time in different folders.
 */
public final class Whisker {
  private static final String HOME = "WHISKER_HOME";

  static {
    // as a module of its own, to read its libraries, which lie on the class path
    Whisker.class.getModule().addReads(Whisker.class.getClassLoader().getUnnamedModule());
  }

  private final JobContext context;

  private Whisker(JobContext context) {
    this.context = context;
  }

  /**
   * Opens whisker in the folder that the launcher uses: the system property {@value
   * WhiskerHome#PROPERTY}, or the environment variable {@value #HOME}, or else the working
   * directory.
   */
  public static Whisker open() {
    return open(Path.of(System.getProperty(WhiskerHome.PROPERTY, environmentHome())));
  }

  private static String environmentHome() {
    String home = System.getenv(HOME);
    return home == null ? "" : home;
  }

  /**
   * Opens whisker in a folder that has {@code models/}; {@code cache/} is made in it when it is
   * needed.
   */
  public static Whisker open(Path home) {
    WhiskerHome folders = new WhiskerHome(home);
    NativeFolders.fallback(folders.cache().resolve("natives"));
    return of(
        new JobContext(
            folders,
            Clock.system(ZoneId.systemDefault()),
            JobListener.silent(),
            StopSignal.never()));
  }

  /**
   * Opens whisker with a home, clock, listener and stop signal of the caller's own. Charts are
   * drawn, too.
   */
  public static Whisker of(JobContext context) {
    return new Whisker(context.with(new DrawingListener(context.listener())));
  }

  /** A copy whose listener is told of progress, notes and warnings. */
  public Whisker with(JobListener listener) {
    return new Whisker(context.with(new DrawingListener(listener)));
  }

  /**
   * The context for the jobs that have no method here, such as {@code new
   * ProbeJob(whisker.context())}.
   */
  public JobContext context() {
    return context;
  }

  /** The names of all models in {@code models/}, sorted. */
  public List<String> models() throws IOException {
    return store().list();
  }

  private ModelStore store() {
    return new ModelStore(context.home().models());
  }

  private StoredModel model(String name) throws IOException {
    return Models.open(store(), name);
  }

  /**
   * Opens a model for images that lie in memory. To be closed by the caller.
   *
   * @return gives logits of not-cat, and their gradients with respect to the gray values
   */
  public DifferentiableClassifier classifier(String model, DeviceConfig on) throws IOException {
    return Classifiers.openAny(model(model), on.settings(ScoreJob.BATCH));
  }

  /**
   * Scores one image file, in float32. A photo of another size than the model's is resized by its
   * shorter side and cropped to the centre; an image of two grays, such as an evolved one, is
   * refused then (see {@link ScoreJob#resizing}).
   *
   * @throws IOException also when the image cannot be read
   */
  public ScoreRow score(String model, Path image) throws IOException {
    InvalidRequestException.refuse(
        Files.isDirectory(image), image + " is a folder; name one image, or use a ScoreJob");
    WarningListener warnings = new WarningListener();
    ScoreJob job = ScoreJob.of(List.of(image), DeviceConfig.standard());
    List<ScoreRow> rows = new ArrayList<>();
    job.run(model(model), context.with(warnings), rows::addAll);
    if (rows.isEmpty()) {
      throw new IOException(warnings.toString());
    }
    return rows.get(0);
  }

  /**
   * Scores image files, and all images of folders. What cannot be read is left out; the listener is
   * warned of it.
   *
   * @return a row an image, in their order
   */
  public List<ScoreRow> score(String model, ScoreJob images) throws IOException {
    List<ScoreRow> rows = new ArrayList<>();
    images.run(model(model), context, rows::addAll);
    return rows;
  }

  /**
   * Evolves images of black pixels that the model classifies as a cat.
   *
   * @return the end of every run, and its best image; a run that fails is no exception
   */
  public EvolveResult evolve(EvolveConfig config, Path out) throws IOException {
    EvolveResult result = new EvolveJob(context).run(config, Optional.of(out));
    if (EvolvePage.isFor(result.folder())) {
      EvolvePage.write(result.folder());
    }
    return result;
  }

  /**
   * Maps where the black pixels of evolved images lie, and tests whether chance would put them
   * there.
   *
   * @return maps and statistics of every condition
   * @throws CancellationException when the stop signal ended it, which leaves nothing
   */
  public HeatmapResult heatmap(HeatmapConfig config, Path out) throws IOException {
    return new HeatmapJob(context)
        .run(config, Optional.of(out))
        .orElseThrow(() -> new CancellationException("the heatmap was stopped"));
  }

  /**
   * Explains images by saliency maps: occlusion, gradients, Shapley values and others.
   *
   * @return a row a map; {@link SaliencyResult#read} has the maps themselves
   * @throws IOException also when none of the images can be read
   */
  public SaliencyResult saliency(SaliencyConfig config, Path out) throws IOException {
    return new SaliencyJob(context)
        .run(config, Optional.of(out))
        .orElseThrow(() -> new IOException("none can be read of " + config.images()));
  }

  /**
   * Takes one suspected cause of the edge bias away at a time.
   *
   * @return the runs of every arm, and the effects with their verdicts
   */
  public AblateResult ablate(AblateConfig config, Path out) throws IOException {
    return new AblateStudy(context).run(config, Optional.of(out));
  }

  /**
   * Tests the hypotheses of a budget on each model, or compares models, and writes the report
   * {@code index.html}. Runs that any report has in {@code cache/} are not repeated.
   *
   * @return the findings, a hypothesis and model each
   */
  public ExplainResult explain(ExplainConfig config, Path out) throws IOException {
    ExplainResult result = new ExplainStudy(context).run(config, Optional.of(out));
    if (result.took().isPresent()) {
      ReportPage.write(result.folder());
    }
    return result;
  }

  /** Keeps warnings, for a failure that is to say why. */
  private static final class WarningListener implements JobListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void warn(String line) {
      lines.add(line);
    }

    @Override
    public String toString() {
      return String.join("; ", lines);
    }
  }

  /**
   * Draws the charts of a job's tables, and the page of saliency maps.
   *
   * @param to is told everything, too
   */
  private record DrawingListener(JobListener to) implements ForwardingListener {
    @Override
    public void tablesWritten(Path folder) throws IOException {
      FolderCharts.draw(folder);
      SaliencyPage.write(folder);
      to.tablesWritten(folder);
    }
  }
}
