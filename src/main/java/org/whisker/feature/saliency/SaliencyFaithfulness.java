package org.whisker.feature.saliency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Raster;
import org.whisker.job.JobListener.Progress;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.ScoreCam;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.FaithfulnessTables.TestedMap;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.InitialWeights;

/**
 * Tests maps: do they predict what changes do, and do they depend on what the network learned?
 *
 * @param settings the settings of each picture
 */
record SaliencyFaithfulness(
    StoredModel stored,
    TorchClassifier.Settings running,
    DifferentiableClassifier classifier,
    Map<ExplainedMap.Picture, MethodSettings> settings,
    long seed) {
  /** Number of networks between one whose last layer forgot and one that forgot all. */
  private static final int NETWORKS = 6;

  /** Rolls of each randomised network's map; they score nothing. */
  private static final int ROLLS = 39;

  /** Pictures whose maps are averaged for the smooth comparison. */
  private static final int NOISY = 8;

  /**
   * Tests the maps.
   *
   * @param progress told how many of {@link #steps} are done
   * @return empty when stopped
   */
  Optional<List<TestedMap>> of(
      List<ExplainedMap> maps, BooleanSupplier stopped, Progress progress) {
    List<Faithfulness> tested = new ArrayList<>();
    for (ExplainedMap map : maps) {
      progress.extraMessage(map.picture().name() + ": " + map.attribution().method().label());
      Optional<Faithfulness> found =
          Faithfulness.of(
              classifier,
              map.picture().raster(),
              map.attribution(),
              set(map),
              Faithfulness.Options.seeded(seed),
              running.batch(),
              stopped);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      tested.add(found.get());
      progress.stepTo(tested.size());
    }
    if (stored.card().isModule()) {
      // its weights are out of reach
      return Optional.of(together(maps, tested));
    }
    progress.extraMessage("randomised networks");
    return randomised(maps, stopped, n -> progress.stepTo((long) (n + 1) * maps.size()))
        .map(all -> together(maps, tested, all));
  }

  /** How many steps there are. */
  long steps(int maps) {
    return (long) (1 + (stored.card().isModule() ? 0 : counts().size())) * maps;
  }

  private static List<TestedMap> together(List<ExplainedMap> maps, List<Faithfulness> tested) {
    List<TestedMap> all = new ArrayList<>();
    for (int i = 0; i < tested.size(); i++) {
      all.add(new TestedMap(maps.get(i), tested.get(i), Optional.empty()));
    }
    return all;
  }

  private static List<TestedMap> together(
      List<ExplainedMap> maps, List<Faithfulness> tested, List<ParameterRandomisation> randomised) {
    List<TestedMap> all = new ArrayList<>();
    for (int i = 0; i < tested.size(); i++) {
      all.add(new TestedMap(maps.get(i), tested.get(i), Optional.of(randomised.get(i))));
    }
    return all;
  }

  private MethodSettings set(ExplainedMap map) {
    MethodSettings found = settings.get(map.picture());
    if (found == null) {
      throw new IllegalStateException("no settings for " + map.picture().name());
    }
    return found;
  }

  private Optional<List<ParameterRandomisation>> randomised(
      List<ExplainedMap> maps, BooleanSupplier stopped, IntConsumer progress) {
    List<Integer> counts = counts();
    List<String> layers = InitialWeights.layers(Networks.of(stored.card()));
    List<ParameterRandomisation.Randomised<Classifier>> networks = new ArrayList<>();
    for (int last : counts) {
      networks.add(new ParameterRandomisation.Randomised<>(layers.get(last - 1), () -> open(last)));
    }
    List<ParameterRandomisation.Maps> originals = new ArrayList<>();
    for (ExplainedMap map : maps) {
      Optional<Optional<SaliencyMap>> smooth = smooth(classifier, map, stopped);
      if (smooth.isEmpty()) {
        return Optional.empty();
      }
      originals.add(new ParameterRandomisation.Maps(map.attribution().map(), smooth.get()));
    }
    return ParameterRandomisation.of(
        originals,
        networks,
        (network, step, i) -> again(network, step == counts.size() - 1, maps.get(i), stopped),
        new ParameterRandomisation.Rolls(ROLLS, seed),
        progress,
        stopped);
  }

  /**
   * A randomised network's maps; under noise only once all layers are randomised, for that takes
   * several maps.
   */
  private Optional<ParameterRandomisation.Maps> again(
      Classifier network, boolean all, ExplainedMap map, BooleanSupplier stopped) {
    Optional<SaliencyMap> plain = explain(network, map, map.picture().raster(), stopped);
    Optional<Optional<SaliencyMap>> smooth =
        all ? smooth(network, map, stopped) : Optional.of(Optional.empty());
    return plain.flatMap(made -> smooth.map(mean -> new ParameterRandomisation.Maps(made, mean)));
  }

  /** The inner one is empty for a method that is not made under noise; the outer when stopped. */
  @SuppressWarnings("OptionalMapToOptional") // "not made" and "stopped" are two different things
  private Optional<Optional<SaliencyMap>> smooth(
      Classifier network, ExplainedMap map, BooleanSupplier stopped) {
    if (!canSmooth(map.attribution().method())) {
      return Optional.of(Optional.empty());
    }
    return ParameterRandomisation.smoothedMap(
            noisy -> explain(network, map, noisy, stopped),
            map.picture().raster(),
            new NoiseOptions(NOISY, NoiseOptions.seeded(seed).sigma(), seed))
        .map(Optional::of);
  }

  /**
   * Gradients and what is made of them; those that are means under noise already are as smooth as
   * they are, and hiding pixels takes thousands of pictures a map.
   */
  private static boolean canSmooth(Method method) {
    boolean gradient = method.need().isPassedBack() || method.need() == Need.FEATURES;
    return gradient && !Methods.isMeanUnderNoise(method) && !method.equals(ScoreCam.METHOD);
  }

  private Optional<SaliencyMap> explain(
      Classifier network, ExplainedMap map, Raster picture, BooleanSupplier stopped) {
    return new Attributions(network, set(map), running.batch(), done -> {}, stopped)
        .like(map.attribution(), picture)
        .map(Attribution::map);
  }

  /** How many layers are randomised, evenly from one to all. */
  private List<Integer> counts() {
    int all = InitialWeights.layers(Networks.of(stored.card())).size();
    Set<Integer> counts = new LinkedHashSet<>();
    for (int i = 0; i < NETWORKS; i++) {
      counts.add((int) Math.round(1 + (all - 1.0) * i / (NETWORKS - 1)));
    }
    return List.copyOf(counts);
  }

  private Classifier open(int last) {
    try {
      // not the seed itself: training with the same one would have begun with these weights
      long drawn = SplitMix64.stream(seed, "randomised networks", 0).nextLong();
      return Classifiers.openRandomised(stored, last, drawn, running);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
