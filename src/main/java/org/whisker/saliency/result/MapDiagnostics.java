package org.whisker.saliency.result;

import java.util.OptionalDouble;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.table.Column;

/**
 * The diagnostics that a method reports for its own map, see {@link Diagnostic}; empty for those
 * that it does not report.
 */
public record MapDiagnostics(
    OptionalDouble baselineLogit,
    OptionalDouble completenessError,
    OptionalDouble windows,
    OptionalDouble scored,
    OptionalDouble unchanged,
    OptionalDouble duplicates,
    OptionalDouble coverageMin,
    OptionalDouble coverageMax,
    OptionalDouble verified,
    OptionalDouble largestDifference,
    OptionalDouble samples,
    OptionalDouble meanStandardError,
    OptionalDouble steps,
    OptionalDouble noise,
    @Column(unit = "probability") OptionalDouble noisyPCat) {
  /** The diagnostics of a method that reports none. */
  static final MapDiagnostics NONE =
      new MapDiagnostics(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  static MapDiagnostics of(Attribution map) {
    return new MapDiagnostics(
        map.diagnostic(Diagnostic.BASELINE_LOGIT),
        map.diagnostic(Diagnostic.COMPLETENESS_ERROR),
        map.diagnostic(Diagnostic.WINDOWS),
        map.diagnostic(Diagnostic.SCORED),
        map.diagnostic(Diagnostic.UNCHANGED),
        map.diagnostic(Diagnostic.DUPLICATES),
        map.diagnostic(Diagnostic.COVERAGE_MIN),
        map.diagnostic(Diagnostic.COVERAGE_MAX),
        map.diagnostic(Diagnostic.VERIFIED),
        map.diagnostic(Diagnostic.LARGEST_DIFFERENCE),
        map.diagnostic(Diagnostic.SAMPLES),
        map.diagnostic(Diagnostic.MEAN_STANDARD_ERROR),
        map.diagnostic(Diagnostic.STEPS),
        map.diagnostic(Diagnostic.NOISE),
        map.diagnostic(Diagnostic.NOISY_P_CAT));
  }
}
