package org.whisker.diagnosis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.PartShares;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.diagnosis.Examination.PhotoFolder;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.image.Canvas;
import org.whisker.position.DosePlan;
import org.whisker.position.DoseResponse;
import org.whisker.stats.Estimate;
import org.whisker.stats.ToroidalShift;

/** Whether a network looks at places rather than at what is there, and not by what. */
final class Symptoms {
  private static final int NULL_DRAWS = 999;
  private static final int BATCH = 32;
  private static final int ZONES = 3;
  private static final int DOSE_DRAWS = 12;
  private static final double DOSE_SHARE = 0.004;

  private final Examined examined;
  private @Nullable OwnMaps maps;
  private Optional<OwnMaps.ByClass> byClass = Optional.empty();

  Symptoms(Examined examined) {
    this.examined = examined;
  }

  OwnMaps maps() throws IOException {
    OwnMaps known = maps;
    if (known == null) {
      try (DifferentiableClassifier own = examined.subject().open()) {
        known =
            OwnMaps.of(
                own,
                examined.scene().pictures(),
                Scene.drawn(own.canvas(), 2 * Examined.FEWER, examined.seed() + 1),
                examined.stream("maps"));
      }
      maps = known;
    }
    return known;
  }

  EvidenceRow ownMap() throws IOException {
    OwnMaps made = maps();
    Canvas canvas = examined.scene().pictures().get(0).canvas();
    examined.sink().map("map-in-place", canvas, made.stillMean());
    examined.sink().map("map-moved", canvas, made.movedMean());
    examined.sink().map("map-noise", canvas, made.noiseMean());
    classMaps(canvas);
    Estimate stays = made.stays().estimate();
    double[] rolled = made.rolled(NULL_DRAWS, examined.stream("rolled maps"));
    double p = ToroidalShift.of(made.stayed(), rolled).p();
    return symptom(
        Examination.OWN_MAP,
        stays,
        OptionalDouble.of(p),
        examined.scene().pictures().size(),
        "correlation of the mean map of pictures in place with that of the same pictures, rolled"
            + " and mirrored; p by rolling one of both");
  }

  private void classMaps(Canvas canvas) throws IOException {
    Optional<OwnMaps.ByClass> made = classMaps();
    if (made.isPresent()) {
      examined.sink().classMaps(made.get().rows());
      for (int i = 0; i < made.get().maps().size(); i++) {
        examined.sink().map(ClassMapRow.map(i), canvas, made.get().maps().get(i));
      }
    }
  }

  /** Of so many photos in all as other measures are made on, but of some of each folder. */
  Optional<OwnMaps.ByClass> classMaps() throws IOException {
    List<PhotoFolder> folders =
        examined.scene().folders().stream().filter(folder -> !folder.photos().isEmpty()).toList();
    if (folders.size() >= 2 && byClass.isEmpty()) {
      examined.next();
      int most = Math.max(Examined.FEWER, examined.scene().pictures().size() / folders.size());
      try (DifferentiableClassifier own = examined.subject().open()) {
        byClass = Optional.of(OwnMaps.ByClass.of(own, folders, most));
      }
    }
    return byClass;
  }

  EvidenceRow places() throws IOException {
    try (Classifier own = examined.subject().open()) {
      PlaceCosts costs = PlaceCosts.of(own, examined.rolled().subList(0, Examined.FEWER));
      examined.sink().places(costs.rows());
      return symptom(
          Examination.PLACES,
          costs.effect().estimate(),
          OptionalDouble.empty(),
          Examined.FEWER,
          "how far the cost of hiding a block differs by its place, in standard deviations of"
              + " that cost over rolled pictures");
    }
  }

  EvidenceRow dose() throws IOException {
    try (Classifier own = examined.subject().open()) {
      int most = Math.max(2, (int) Math.round(DOSE_SHARE * own.canvas().pixels()));
      DosePlan.Design design =
          new DosePlan.Design(
              ZONES, List.of(Math.max(1, most / 8), most), DOSE_DRAWS, 1, examined.seed());
      DoseResponse response = PartShares.response(own, design, BATCH, examined.stopped());
      examined.sink().doses(response, examined.stream("dose"));
      double spread = spread(own);
      double[] contrast =
          Arrays.stream(PartShares.contrast(response))
              .map(value -> spread == 0 ? 0 : value / spread)
              .toArray();
      return symptom(
          Examination.DOSE,
          new Effect(contrast, false).estimate(),
          OptionalDouble.empty(),
          contrast.length,
          "what black pixels on white cost in the middle above the same number at the border, in"
              + " standard deviations of the logit over pictures");
    }
  }

  private double spread(Classifier own) {
    return SystematicChange.spread(own.logits(examined.scene().pictures()));
  }

  private static EvidenceRow symptom(
      String measure, Estimate estimate, OptionalDouble p, int pictures, String note) {
    return new EvidenceRow(
        measure,
        OptionalDouble.of(estimate.value()),
        OptionalDouble.of(estimate.interval().low()),
        OptionalDouble.of(estimate.interval().high()),
        p,
        OptionalDouble.empty(),
        pictures,
        "",
        note);
  }
}
