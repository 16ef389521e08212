package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Line;
import org.whisker.classifier.CalibrationBin;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Confusion;
import org.whisker.classifier.Evaluation;
import org.whisker.cli.shared.TextTable;
import org.whisker.dataset.Photo;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.stats.RocCurve;
import org.whisker.study.train.ScoredPhotos;

/** The tables and charts of an evaluation. */
final class EvaluationFiles {
  private final String model;
  private final ScoredPhotos scored;
  private final Evaluation evaluation;

  EvaluationFiles(String model, ScoredPhotos scored) {
    this.model = model;
    this.scored = scored;
    this.evaluation = scored.evaluation();
  }

  void write(Path folder) throws IOException {
    writePredictions(folder.resolve("predictions.csv"));
    writeSummary(folder.resolve("summary.csv"));
    writeByOrigin(folder.resolve("by_origin.csv"));
    writeCalibration(folder.resolve("calibration.csv"));
    writeConfusion(folder.resolve("confusion.csv"));
    drawCalibration(folder.resolve("calibration.png"));
    drawRoc(folder.resolve("roc.png"));
    drawConfusion(folder.resolve("confusion.png"));
  }

  /** The main figures, a line each. */
  String summary() {
    Confusion confusion = evaluation.confusion();
    return TextTable.of(
        List.of(
            List.of("photos", Integer.toString(confusion.total())),
            List.of("accuracy", Decimals.percent(confusion.accuracy())),
            List.of("recall of cats", Decimals.percent(confusion.recallCat())),
            List.of("recall of others", Decimals.percent(confusion.recallNotCat())),
            List.of("ROC AUC", fixed(evaluation.rocAuc())),
            List.of("calibration error", fixed(evaluation.expectedCalibrationError()))));
  }

  private static String fixed(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void writePredictions(Path file) throws IOException {
    List<String> header = List.of("file", "label", "origin", "logit", "p_cat");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < scored.photos().size(); i++) {
        Photo photo = scored.photos().get(i);
        float logit = scored.logit(i);
        double cat = Classifier.catProbability(logit);
        csv.row(photo.file(), photo.label().folder(), photo.origin(), logit, cat);
      }
      csv.finish();
    }
  }

  private void writeSummary(Path file) throws IOException {
    List<String> header =
        List.of("accuracy", "recall_cat", "recall_not_cat", "roc_auc", "ece", "photos");
    Confusion confusion = evaluation.confusion();
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      csv.row(
          confusion.accuracy(),
          confusion.recallCat(),
          confusion.recallNotCat(),
          evaluation.rocAuc(),
          evaluation.expectedCalibrationError(),
          confusion.total());
      csv.finish();
    }
  }

  private void writeByOrigin(Path file) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, List.of("origin", "photos", "accuracy"))) {
      for (Map.Entry<String, Double> each : evaluation.accuracyByOrigin().entrySet()) {
        long photos =
            scored.photos().stream().filter(p -> p.origin().equals(each.getKey())).count();
        csv.row(each.getKey(), photos, each.getValue());
      }
      csv.finish();
    }
  }

  private void writeCalibration(Path file) throws IOException {
    List<String> header =
        List.of("p_cat_from", "p_cat_to", "photos", "cats", "mean_p_cat", "cat_fraction");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (CalibrationBin bin : evaluation.calibration()) {
        boolean filled = bin.count() > 0;
        Double mean = filled ? bin.meanPredicted() : null;
        Double cats = filled ? bin.catFraction() : null;
        csv.row(bin.lower(), bin.upper(), bin.count(), bin.cats(), mean, cats);
      }
      csv.finish();
    }
  }

  private void writeConfusion(Path file) throws IOException {
    Confusion confusion = evaluation.confusion();
    try (CsvWriter csv = CsvWriter.create(file, List.of("label", "as_cat", "as_not_cat"))) {
      csv.row("cat", confusion.catAsCat(), confusion.catAsNotCat());
      csv.row("not_cat", confusion.notCatAsCat(), confusion.notCatAsNotCat());
      csv.finish();
    }
  }

  private void drawCalibration(Path file) throws IOException {
    List<CalibrationBin> filled =
        evaluation.calibration().stream().filter(bin -> bin.count() > 0).toList();
    double[] predicted = filled.stream().mapToDouble(CalibrationBin::meanPredicted).toArray();
    double[] cats = filled.stream().mapToDouble(CalibrationBin::catFraction).toArray();
    Charts.calibration("Calibration of " + model, List.of(new Line(model, predicted, cats)))
        .writePng(file);
  }

  private void drawRoc(Path file) throws IOException {
    RocCurve roc = scored.roc();
    double[] wrong = roc.points().stream().mapToDouble(RocCurve.Point::falsePositiveRate).toArray();
    double[] right = roc.points().stream().mapToDouble(RocCurve.Point::truePositiveRate).toArray();
    String name = String.format(Locale.ROOT, "%s (area %.3f)", model, roc.auc());
    Charts.roc("ROC of " + model, List.of(new Line(name, wrong, right))).writePng(file);
  }

  private void drawConfusion(Path file) throws IOException {
    Confusion confusion = evaluation.confusion();
    long[][] counts = {
      {confusion.catAsCat(), confusion.catAsNotCat()},
      {confusion.notCatAsCat(), confusion.notCatAsNotCat()}
    };
    Charts.confusion("Confusion of " + model, List.of("cat", "not cat"), counts).writePng(file);
  }
}
