package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.network.TokenPlaces;
import org.whisker.stats.Estimate;

/**
 * What operations do that know places, wherever they sit: what each reads is rolled over its
 * borders, what it gives is rolled back, and the logit is looked at. Where an operation is the same
 * at every place, nothing changes.
 */
final class OperationEffects {
  /** Operations that are also rolled alone. */
  private static final int MOST = 8;

  /** Layers that are named of those that are rolled together. */
  private static final int NAMED = 3;

  /** Pictures for each of them. */
  private static final int FEWER = 16;

  private final Subject subject;
  private final Network network;
  private final List<Raster> pictures;
  private final float[] own;
  private final TokenPlaces places;

  OperationEffects(Subject subject, Network network, List<Raster> pictures) throws IOException {
    this.subject = subject;
    this.network = network;
    this.pictures = pictures;
    this.places = TokenPlaces.of(network);
    try (Classifier still = subject.openCut(UnaryOperator.identity())) {
      this.own = still.logits(pictures);
    }
  }

  /** The effect of one operation, or of several that are rolled together. */
  record Each(List<PlaceOperation> operations, Effect effect) {
    double size() {
      return effect.estimate().value();
    }

    private String names() {
      return operations.stream()
              .limit(NAMED)
              .map(PlaceOperation::layer)
              .collect(Collectors.joining("; "))
          + (operations.size() > NAMED ? "; and " + (operations.size() - NAMED) + " more" : "");
    }

    OperationRow row() {
      Estimate estimate = effect.estimate();
      return new OperationRow(
          names(),
          operations.stream()
              .map(PlaceOperation::does)
              .distinct()
              .collect(Collectors.joining(", ")),
          estimate.value(),
          estimate.interval().low(),
          estimate.interval().high());
    }
  }

  /**
   * The mean difference of the logit by a roll of these operations, over that between two pictures.
   */
  Effect together(List<PlaceOperation> operations) throws IOException {
    return effect(operations, pictures.size());
  }

  private Effect effect(List<PlaceOperation> operations, int count) throws IOException {
    Set<String> layers = operations.stream().map(PlaceOperation::layer).collect(Collectors.toSet());
    List<float[]> rolled = new ArrayList<>();
    for (int number = 1; number < PlaceChange.ROLLS; number++) {
      int roll = number;
      if (!PlaceChange.rolled(network, layers, roll).equals(network)) {
        try (Classifier other = subject.openCut(graph -> PlaceChange.rolled(graph, layers, roll))) {
          rolled.add(other.logits(pictures.subList(0, count)));
        }
      }
    }
    double[][] logits = new double[count][rolled.size() + 1];
    for (int picture = 0; picture < count; picture++) {
      logits[picture][0] = own[picture];
      for (int roll = 0; roll < rolled.size(); roll++) {
        logits[picture][roll + 1] = rolled.get(roll)[picture];
      }
    }
    return Effect.of(count, false, kept -> HeadEffect.ratio(logits, kept));
  }

  /**
   * The effect of each operation alone, the largest first; those that undo each other are one.
   *
   * @param step what is done before each; throws when it is to stop
   */
  List<Each> alone(List<PlaceOperation> operations, Runnable step) throws IOException {
    Map<PlaceOperation, List<PlaceOperation>> groups =
        new LinkedHashMap<>(PlaceChange.together(network, operations));
    List<Each> effects = new ArrayList<>();
    for (List<PlaceOperation> group : groups.values().stream().limit(MOST).toList()) {
      step.run();
      effects.add(new Each(knowing(group), effect(group, Math.min(FEWER, pictures.size()))));
    }
    effects.sort(Comparator.comparingDouble(Each::size).reversed());
    return effects;
  }

  /** Those of a group that can know places: attention is rolled with an embedding, but is alike. */
  private List<PlaceOperation> knowing(List<PlaceOperation> group) {
    List<PlaceOperation> some = group.stream().filter(each -> !places.isAlike(each)).toList();
    return some.isEmpty() ? group : some;
  }
}
