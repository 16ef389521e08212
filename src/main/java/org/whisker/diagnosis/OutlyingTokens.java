package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.TokenRow;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.TokenPlaces;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;
import org.whisker.stats.Samples;
import org.whisker.value.Text;

/**
 * Tokens whose norm is far above that of the other tokens of the same picture (Darcet et al., 2023,
 * arXiv:2309.16588), where each block of a transformer ends. Those that lie at the same places in
 * all pictures, and in noise, know a place; the others carry what is seen. Class tokens are passed
 * over.
 */
final class OutlyingTokens {
  /** A norm is outlying above so many medians of the tokens of its picture. */
  static final double MEDIANS = 3;

  /** A place is fixed where its token is outlying in so many of the pictures. */
  private static final double FIXED = 0.75;

  private static final int NOISES = 8;
  private static final int NAMED = 6;

  private final Subject subject;
  private final Network network;
  private final TokenPlaces places;
  private final List<Raster> pictures;
  private final List<Raster> noise;
  private final SplitMix64 random;

  OutlyingTokens(Subject subject, Network network, List<Raster> pictures, SplitMix64 random) {
    this.subject = subject;
    this.network = network;
    this.places = TokenPlaces.of(network);
    this.pictures = pictures;
    this.random = random;
    this.noise = noise(pictures.get(0).canvas(), random);
  }

  /** Pixels of any gray, each by itself. */
  private static List<Raster> noise(Canvas canvas, SplitMix64 random) {
    List<Raster> noise = new ArrayList<>();
    for (int i = 0; i < NOISES; i++) {
      float[] values = new float[canvas.pixels()];
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) random.nextDouble();
      }
      noise.add(GrayImage.of(canvas, values));
    }
    return noise;
  }

  /**
   * What was seen at a layer.
   *
   * @param fixed numbers of the tokens that are outlying in most pictures and in most noise
   * @param effect of replacing them by the mean of the others, less that of as many others; empty
   *     where none is fixed
   */
  record AtLayer(List<TokenRow> rows, List<Integer> fixed, Optional<Effect> effect) {
    String layer() {
      return rows.get(0).layer();
    }

    double size() {
      return effect.map(each -> each.estimate().value()).orElse(0.0);
    }

    /** Outlying tokens of a picture, on average. */
    double outlying() {
      return rows.get(0).outlying();
    }
  }

  /**
   * All layers at which a block ends, from the input on.
   *
   * @param step what is done before each; throws when it is to stop
   */
  List<AtLayer> layers(Runnable step) throws IOException {
    List<AtLayer> found = new ArrayList<>();
    try (ActivationClassifier parts = subject.openTokens(false)) {
      float[] own = parts.logits(pictures);
      for (Cut cut : parts.cuts()) {
        step.run();
        found.add(at(parts, cut, own));
      }
    }
    return found;
  }

  private AtLayer at(ActivationClassifier parts, Cut cut, float[] own) {
    int[] at = placesOf(cut);
    List<float[]> maps = parts.activations(cut, pictures);
    Outliers seen = Outliers.of(cut, at, maps);
    Outliers inNoise = Outliers.of(cut, at, parts.activations(cut, noise));
    Outliers onWhite =
        Outliers.of(
            cut, at, parts.activations(cut, List.of(Scenes.plain(pictures.get(0).canvas(), 1))));
    List<Integer> fixed = seen.fixed().stream().filter(inNoise.fixed()::contains).toList();
    Optional<Effect> effect =
        fixed.isEmpty() || 2 * fixed.size() >= seen.tokens()
            ? Optional.empty()
            : Optional.of(effect(parts, cut, at, maps, fixed, own));
    return new AtLayer(
        List.of(
            row(cut, TokenRow.PICTURES, seen, fixed, effect),
            row(cut, TokenRow.NOISE, inNoise, inNoise.fixed(), Optional.empty()),
            row(cut, TokenRow.WHITE, onWhite, onWhite.fixed(), Optional.empty())),
        fixed,
        effect);
  }

  /** The place of each position of a map. */
  private int[] placesOf(Cut cut) {
    return places.places(position(cut)).orElseThrow();
  }

  private int position(Cut cut) {
    return IntStream.range(0, network.nodes().size())
        .filter(i -> network.nodes().get(i).name().equals(cut.layer()))
        .findFirst()
        .orElseThrow();
  }

  /** By how much more fixed tokens move the logit than as many others, when each is the mean. */
  private Effect effect(
      ActivationClassifier parts,
      Cut cut,
      int[] at,
      List<float[]> maps,
      List<Integer> fixed,
      float[] own) {
    List<Integer> others =
        new ArrayList<>(
            IntStream.range(0, at.length)
                .filter(i -> at[i] >= 0 && !fixed.contains(i))
                .boxed()
                .toList());
    for (int i = others.size(); i > 1; i--) {
      Collections.swap(others, i - 1, random.nextInt(i));
    }
    List<Integer> control = others.subList(0, fixed.size());
    float[] without = parts.logits(cut, replaced(cut, at, maps, fixed));
    float[] withoutOthers = parts.logits(cut, replaced(cut, at, maps, control));
    return Effect.of(own.length, false, kept -> ratio(own, without, withoutOthers, kept));
  }

  private static double ratio(float[] own, float[] fixed, float[] control, IntPredicate kept) {
    int[] all = IntStream.range(0, own.length).filter(kept).toArray();
    double change =
        IntStream.of(all)
            .mapToDouble(i -> Math.abs(fixed[i] - own[i]) - Math.abs(control[i] - own[i]))
            .average()
            .orElseThrow();
    return change
        / SystematicChange.difference(IntStream.of(all).mapToDouble(i -> own[i]).toArray());
  }

  /** Some tokens become the mean of the others of their picture, but for class tokens. */
  private static List<float[]> replaced(
      Cut cut, int[] at, List<float[]> maps, List<Integer> tokens) {
    Set<Integer> some = Set.copyOf(tokens);
    int[] others =
        IntStream.range(0, at.length).filter(i -> at[i] >= 0 && !some.contains(i)).toArray();
    List<float[]> made = new ArrayList<>();
    for (float[] map : maps) {
      float[] changed = map.clone();
      for (int from = 0; from < map.length; from += cut.positions()) {
        int start = from;
        double mean = IntStream.of(others).mapToDouble(i -> map[start + i]).average().orElseThrow();
        some.forEach(i -> changed[start + i] = (float) mean);
      }
      made.add(changed);
    }
    return made;
  }

  /** Which tokens of each picture are outlying, and by how much. */
  private record Outliers(int tokens, List<Set<Integer>> each, double largest) {
    static Outliers of(Cut cut, int[] at, List<float[]> maps) {
      int[] tokens = IntStream.range(0, at.length).filter(i -> at[i] >= 0).toArray();
      List<Set<Integer>> each = new ArrayList<>();
      double largest = 0;
      for (float[] map : maps) {
        double[] norms = IntStream.of(tokens).mapToDouble(i -> norm(cut, map, i)).toArray();
        double median = Math.max(Samples.median(norms), Double.MIN_NORMAL);
        largest = Math.max(largest, Arrays.stream(norms).max().orElse(0) / median);
        each.add(
            IntStream.range(0, tokens.length)
                .filter(i -> norms[i] > MEDIANS * median)
                .mapToObj(i -> tokens[i])
                .collect(Collectors.toSet()));
      }
      return new Outliers(tokens.length, each, largest);
    }

    private static double norm(Cut cut, float[] map, int token) {
      double sum = 0;
      for (int i = token; i < map.length; i += cut.positions()) {
        sum += (double) map[i] * map[i];
      }
      return Math.sqrt(sum);
    }

    double mean() {
      return each.stream().mapToInt(Set::size).average().orElse(0);
    }

    List<Integer> fixed() {
      Map<Integer, Integer> counts = new HashMap<>();
      each.forEach(some -> some.forEach(token -> counts.merge(token, 1, Integer::sum)));
      return counts.entrySet().stream()
          .filter(count -> count.getValue() >= FIXED * each.size())
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }
  }

  private TokenRow row(
      Cut cut, String shown, Outliers seen, List<Integer> fixed, Optional<Effect> effect) {
    Optional<Estimate> estimate = effect.map(Effect::estimate);
    return new TokenRow(
        cut.layer(),
        shown,
        seen.each().size(),
        seen.tokens(),
        seen.mean(),
        seen.largest(),
        fixed.size(),
        words(cut, fixed),
        of(estimate.map(Estimate::value)),
        of(estimate.map(each -> each.interval().low())),
        of(estimate.map(each -> each.interval().high())));
  }

  private static OptionalDouble of(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** Rows and columns of tokens, from 0. */
  private String words(Cut cut, List<Integer> tokens) {
    int[] at = placesOf(cut);
    int columns = places.grid(position(cut)).width();
    return tokens.stream()
            .limit(NAMED)
            .map(i -> at[i] / columns + ":" + at[i] % columns)
            .collect(Collectors.joining("; "))
        + (tokens.size() > NAMED ? "; and " + (tokens.size() - NAMED) + " more" : "");
  }

  /**
   * Whether half of the fixed tokens of a layer are no longer outlying when constants by token are
   * averaged over all places.
   */
  boolean isOfEmbedding(AtLayer layer) throws IOException {
    try (ActivationClassifier alike = subject.openTokens(true)) {
      Cut cut =
          alike.cuts().stream()
              .filter(each -> each.layer().equals(layer.layer()))
              .findFirst()
              .orElseThrow();
      List<Integer> left =
          Outliers.of(cut, placesOf(cut), alike.activations(cut, pictures)).fixed();
      return 2 * layer.fixed().stream().filter(left::contains).count() <= layer.fixed().size();
    }
  }

  /** What is said where no place is fixed, or all are. */
  static String noneFixed(List<AtLayer> layers) {
    return layers.stream()
        .max(Comparator.comparingDouble(AtLayer::outlying))
        .filter(each -> each.outlying() > 0)
        .map(
            each ->
                Text.of(
                    "in layer %s %.1f tokens of a picture are outlying, at places that differ"
                        + " between pictures",
                    each.layer(), each.outlying()))
        .orElse("no token has a norm above three times the median of its picture");
  }

  /**
   * The layers at which a place is fixed for the first time, those first whose tokens do most: what
   * is replaced there is gone from all that follows.
   */
  static List<AtLayer> firstOfEach(List<AtLayer> layers) {
    Set<Integer> known = new HashSet<>();
    return layers.stream()
        .filter(each -> each.effect().isPresent() && known.addAll(each.fixed()))
        .sorted(Comparator.comparingDouble(AtLayer::size).reversed())
        .toList();
  }
}
