package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Evaluation;
import org.whisker.classifier.Evaluation.Confusion;
import org.whisker.dataset.Label;
import org.whisker.dataset.Photo;
import org.whisker.stats.Auc;
import org.whisker.stats.ShareInterval;

/** The tables of an evaluation. */
final class EvaluationTables {
  private static final double LEVEL = 0.95;

  private final ScoredPhotos scored;
  private final Evaluation evaluation;

  EvaluationTables(ScoredPhotos scored) {
    this.scored = scored;
    this.evaluation = scored.evaluation();
  }

  void write(Path folder) throws IOException {
    PredictionRow.TABLE.write(folder.resolve(PredictionRow.FILE), predictions());
    EvaluationRow.TABLE.write(folder.resolve(EvaluationRow.FILE), List.of(summary()));
    OriginRow.TABLE.write(folder.resolve(OriginRow.FILE), origins());
    CalibrationRow.TABLE.write(folder.resolve(CalibrationRow.FILE), calibration());
    RocRow.TABLE.write(folder.resolve(RocRow.FILE), roc());
    ConfusionRow.TABLE.write(folder.resolve(ConfusionRow.FILE), confusion());
  }

  EvaluationRow summary() {
    Confusion confusion = evaluation.confusion();
    return new EvaluationRow(
        confusion.accuracy(),
        confusion.recallCat(),
        confusion.recallNotCat(),
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
              photo.label().folder(),
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
                        : OptionalDouble.of(bin.catFraction())))
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
        new ConfusionRow(Label.CAT.folder(), confusion.catAsCat(), confusion.catAsNotCat()),
        new ConfusionRow(
            Label.NOT_CAT.folder(), confusion.notCatAsCat(), confusion.notCatAsNotCat()));
  }
}
