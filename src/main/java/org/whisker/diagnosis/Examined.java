package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.Examination.Sink;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;

/**
 * What a network is examined by, and the rows of evidence that its measures come to. Each measure
 * draws its pictures from a stream of its own, so that they don't depend on which were made before.
 */
record Examined(
    Subject subject,
    Optional<Network> network,
    Scene scene,
    long seed,
    Sink sink,
    BooleanSupplier stopped) {
  /** Pictures, where a measure takes long. */
  static final int FEWER = 8;

  /**
   * Goes on.
   *
   * @throws CancellationException when stopped
   */
  void next() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  SplitMix64 stream(String name) {
    return SplitMix64.stream(seed, "diagnose " + name, 0);
  }

  List<Raster> rolled() {
    return rolled(scene.pictures(), 1, stream("rolls"));
  }

  /** All pictures, then all of them rolled otherwise. */
  static List<Raster> rolled(List<Raster> pictures, int copies, SplitMix64 random) {
    List<Raster> rolled = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      pictures.forEach(picture -> rolled.add(Scenes.rolledAway(picture, random)));
    }
    return rolled;
  }

  EvidenceRow row(Cause cause, Effect effect, String where, String note) {
    return row(cause, List.of(effect), where, note);
  }

  /** The first is the largest: it was chosen, so its p is corrected for all of them. */
  EvidenceRow row(Cause cause, List<Effect> effects, String where, String note) {
    String measure = cause.label();
    Effect effect = effects.get(0);
    Estimate estimate = effect.estimate();
    double above = effects.size() * effect.pAbove(cause.threshold(), stream(measure + " above"));
    double below =
        effects.stream()
            .mapToDouble(each -> each.pBelow(cause.none(), stream(measure + " below")))
            .max()
            .orElseThrow();
    return new EvidenceRow(
        measure,
        OptionalDouble.of(estimate.value()),
        OptionalDouble.of(estimate.interval().low()),
        OptionalDouble.of(estimate.interval().high()),
        OptionalDouble.of(Math.min(1, above)),
        OptionalDouble.of(below),
        effect.pseudo().length,
        where,
        note);
  }

  /** An exact share, without an interval. */
  EvidenceRow exact(Cause cause, double share, String where, String note) {
    OptionalDouble value = OptionalDouble.of(share);
    OptionalDouble none = OptionalDouble.empty();
    return new EvidenceRow(
        cause.label(), value, value, value, none, none, scene.pictures().size(), where, note);
  }

  /** The same estimate, of which neither verdict is shown. */
  static EvidenceRow undecided(EvidenceRow row, String why) {
    return changed(row, OptionalDouble.of(1), OptionalDouble.of(1), why);
  }

  static EvidenceRow changed(
      EvidenceRow row, OptionalDouble above, OptionalDouble below, String why) {
    return new EvidenceRow(
        row.measure(),
        row.estimate(),
        row.ciLow(),
        row.ciHigh(),
        above,
        below,
        row.pictures(),
        row.where(),
        why);
  }

  /** The same estimate, which may be another's. */
  static EvidenceRow notFound(EvidenceRow row, String why) {
    return changed(row, OptionalDouble.of(1), row.pBelow(), why);
  }

  /** The same estimate, of which it is not shown that there is none. */
  static EvidenceRow notNone(EvidenceRow row, String why) {
    return changed(row, row.pAbove(), OptionalDouble.of(1), why);
  }
}
