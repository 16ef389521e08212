package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observation;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.Networks;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.explain.ComparedModel;
import org.whisker.explain.ComparedModel.ModelMaps;
import org.whisker.explain.Comparison;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.explain.ModelComparison;
import org.whisker.explain.ModelMapFiles;
import org.whisker.feature.ablate.PlannedProgress;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.image.BlackPixels;
import org.whisker.job.JobContext;
import org.whisker.job.Workers;
import org.whisker.network.Network;
import org.whisker.position.ProbeMap;
import org.whisker.table.Table.TableWriter;
import org.whisker.torch.Classifiers;
import org.whisker.value.OptionalNumber;
import org.whisker.value.Text;

/**
 * What a report tells of models beside its experiments: their evolved images, maps over the canvas,
 * and how they compare.
 */
record ModelParts(
    JobContext context, Path folder, ExplainJob job, Workers workers, PlannedProgress progress) {
  /** What a plan calls it. */
  static final String MAPS = "maps, statistics, charts";

  /** Share of its time, about, that single pixels take. */
  private static final double PROBING = 0.9;

  /**
   * Measures and writes it all.
   *
   * @param results the results of the experiments, {@code geometry} among them
   * @throws CancellationException when stopped
   */
  void write(List<AblationResult> results, BooleanSupplier stopped) throws IOException {
    Map<String, List<BlackPixels>> images = new LinkedHashMap<>();
    for (String name : job.names()) {
      images.put(name, images(name, control(results, name)));
    }
    List<Part> parts =
        workers.results(
            job.models().size(), stopped, number -> part(number, results, images, stopped));
    List<ComparedModel> compared = parts.stream().map(Part::compared).toList();
    List<CrossModelRow> transfers =
        parts.stream().flatMap(part -> part.transfers().stream()).toList();
    ModelRow.TABLE.writeIn(folder, compared.stream().map(ComparedModel::facts).toList());
    if (compared.size() > 1) {
      Comparison comparison = ModelComparison.of(compared, transfers, seed());
      write(folder.resolve("compare"), comparison);
    }
  }

  /**
   * The images that were evolved on a model.
   *
   * @throws IOException if all runs failed
   */
  static List<BlackPixels> images(String model, ArmRuns control) throws IOException {
    List<BlackPixels> images = control.images();
    if (images.isEmpty()) {
      throw new IOException(
          Text.of(
              "all %d runs on %s failed, so there is nothing to report: %s",
              control.runs().size(), model, control.runs().get(0).message()));
    }
    return images;
  }

  /** What is measured of one model. */
  private record Part(ComparedModel compared, List<CrossModelRow> transfers) {}

  private Part part(
      int number,
      List<AblationResult> results,
      Map<String, List<BlackPixels>> images,
      BooleanSupplier stopped)
      throws IOException {
    StoredAblatedModel model = job.models().get(number);
    int batch = job.experiments().plan().batch();
    double pixels = model.canvas().pixels();
    progress.reach(model.name(), MAPS, 0);
    ProbeMap probe =
        model.probe(
            batch,
            done -> progress.reach(model.name(), MAPS, PROBING * Math.min(1, done / pixels)),
            stopped);
    try (DifferentiableClassifier classifier =
        Classifiers.openAny(model.stored(), model.settings())) {
      Part part =
          new Part(
              one(model, classifier, results, probe),
              Comparison.transferScores(classifier, images, seed()));
      progress.reach(model.name(), MAPS, 1);
      return part;
    }
  }

  private void write(Path own, Comparison comparison) throws IOException {
    MeasureRow.TABLE.writeIn(own, comparison.measures());
    DifferenceRow.TABLE.writeIn(own, comparison.differences());
    CrossModelRow.TABLE.writeIn(own, comparison.transfers());
    ProfileRow.TABLE.writeIn(own, comparison.profiles());
    context.listener().tablesWritten(own);
  }

  private long seed() {
    return job.experiments().plan().seed();
  }

  private ComparedModel one(
      StoredAblatedModel model,
      DifferentiableClassifier classifier,
      List<AblationResult> results,
      ProbeMap probe)
      throws IOException {
    ArmRuns control = control(results, model.name());
    Path own = folder.resolve(model.name());
    write(own, control);
    ModelMaps maps = maps(classifier, control, probe);
    ModelMapFiles.write(own, maps);
    Optional<Observation> foveation =
        of(results, model.name(), Hypotheses.FOVEATION)
            .flatMap(r -> r.observations().stream().findFirst());
    return new ComparedModel(
        facts(model.stored().card(), maps.probe().baseline()), control, maps, foveation);
  }

  /** Writes every improvement of the evolved images, and the final image of each run. */
  private static void write(Path own, ArmRuns control) throws IOException {
    ClimbRow.TABLE.writeIn(own, ClimbRow.of(control));
    for (int i = 0; i < control.runs().size(); i++) {
      Optional<ArmRun.Outcome> outcome = control.runs().get(i).outcome();
      if (outcome.isPresent()) {
        Path run = own.resolve("runs").resolve(Integer.toString(i + 1));
        EvolvedImageFiles.best(run, outcome.get().image());
        history(run.resolve(BestHistory.FILE), outcome.get());
      }
    }
  }

  /** How the image grew, where its steps were kept. */
  private static void history(Path file, ArmRun.Outcome run) throws IOException {
    List<ArmRun.Seen> seen = run.climb().stream().flatMap(step -> step.seen().stream()).toList();
    if (seen.isEmpty()) {
      return;
    }
    BlackPixels before = BlackPixels.none(run.image().canvas());
    try (TableWriter<BestHistory.Change> table = BestHistory.TABLE.whole(file)) {
      for (ArmRun.Seen next : seen) {
        BestHistory.append(table, next.generation(), before, next.image());
        before = next.image();
      }
      table.finish();
    }
  }

  private ModelMaps maps(DifferentiableClassifier classifier, ArmRuns control, ProbeMap probe) {
    return ModelMaps.of(
        classifier.name(),
        classifier,
        control.images(),
        probe,
        job.experiments().tasks().get(0).setting().lambda(),
        seed());
  }

  private static ArmRuns control(List<AblationResult> results, String model) {
    return of(results, model, Hypotheses.GEOMETRY).orElseThrow().arms().get(0);
  }

  private static Optional<AblationResult> of(
      List<AblationResult> results, String model, Hypothesis hypothesis) {
    return results.stream()
        .filter(
            r -> r.model().equals(model) && r.ablation().id().equals(hypothesis.experiment().id()))
        .findFirst();
  }

  private static String architecture(ModelCard card) {
    Architecture architecture = card.architecture();
    if (architecture == null) {
      return "a TorchScript module";
    }
    Network layers = architecture.layers();
    return layers == null
        ? card.kind() + ", width " + architecture.width()
        : "an ONNX file of " + (layers.nodes().size() - 1) + " layers";
  }

  /** The row of a model whose logit of white is known. */
  private static ModelRow facts(ModelCard card, double whiteLogit) {
    ModelCard.Input in = card.input();
    Figures figures = card.figures();
    return new ModelRow(
        card.name(),
        architecture(card),
        in.channels() + "x" + in.height() + "x" + in.width(),
        card.isModule() ? OptionalLong.empty() : OptionalLong.of(Networks.of(card).trainedSize()),
        card.paddingLabel(),
        OptionalNumber.ofNullable(figures, Figures::accuracy),
        figures == null ? OptionalInt.empty() : OptionalInt.of(figures.photos()),
        OptionalNumber.ofNullable(figures, Figures::rocAuc),
        OptionalDouble.of(Classifier.catProbability(whiteLogit)),
        card.weights().sha256());
  }
}
