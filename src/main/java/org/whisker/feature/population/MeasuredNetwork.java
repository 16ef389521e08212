package org.whisker.feature.population;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.Measure;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeMap.DepthSlope;
import org.whisker.value.OptionalNumber;

/**
 * A network of a population with all that is known of it.
 *
 * @param probe what one black pixel does on white
 * @param runs the runs of the question's search on it
 * @param target p(cat) of a cat
 */
record MeasuredNetwork(
    Member member, ModelCard card, ProbeMap probe, List<ArmRun> runs, double target) {
  MeasuredNetwork {
    runs = List.copyOf(runs);
  }

  /** p(cat) of the white canvas. */
  double white() {
    return Classifier.catProbability(probe.baseline());
  }

  /** How many runs have an image that is at least so sure. */
  int reached(double p) {
    return (int) runs.stream().filter(run -> run.at(p).isPresent()).count();
  }

  /** Whether enough runs came so far that their mean is that of the network. */
  boolean hasReached(double p) {
    return p > white() && 2 * reached(p) >= runs.size();
  }

  /** Mean E at a p(cat) over the runs that reached it. */
  OptionalDouble edgeIndexAt(double p) {
    return mean(run -> run.at(p).map(ArmRun.Step::edgeIndex).orElse(OptionalDouble.empty()));
  }

  /** Mean number of black pixels there. */
  OptionalDouble pixelsAt(double p) {
    return mean(run -> OptionalNumber.of(run.at(p), ArmRun.Step::pixels));
  }

  /** What a run has of a measure. */
  @FunctionalInterface
  private interface Value {
    OptionalDouble of(ArmRun run);
  }

  private OptionalDouble mean(Value value) {
    return runs.stream()
        .map(value::of)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  private OptionalDouble enough(double p) {
    return hasReached(p) ? edgeIndexAt(p) : OptionalDouble.empty();
  }

  private static boolean hasFewPixels(ArmRun run) {
    return run.outcome().filter(outcome -> outcome.image().count() <= 1).isPresent();
  }

  PopulationRow row() {
    DepthSlope slope = DepthSlope.of(probe);
    Figures figures = Objects.requireNonNull(card.figures());
    int cats = reached(target);
    return new PopulationRow(
        member.name(),
        member.architecture(),
        member.seed(),
        member.head().label(),
        member.padding().label(),
        member.position(),
        figures.accuracy(),
        white(),
        slope.slope(),
        slope.rankCorrelation(),
        runs.size(),
        cats,
        reached(Measure.HALF),
        (int) runs.stream().filter(ArmRun::isWhite).count(),
        (int) runs.stream().filter(MeasuredNetwork::hasFewPixels).count(),
        enough(target),
        enough(Measure.HALF),
        mean(Measure.EDGE_INDEX::of),
        mean(Measure.P_CAT::of),
        mean(Measure.GAIN::of),
        mean(Measure.PIXELS::of),
        cats / (double) runs.size(),
        card.weights().sha256());
  }
}
