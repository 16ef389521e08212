package org.whisker.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant.Circumstances;
import org.whisker.planted.PlantedFormula.Together;

/** Planted classifiers of single hypotheses, beside those that all are held against. */
public final class OwnPlants {
  private static final double PART = 0.05;
  private static final double[] MIDDLE = PlantMaps.edge(0, 1);

  static final Plant SATURATING =
      plant(
          "barrier-saturating",
          "the first pixels within four rings cost two logits together, further ones nothing",
          Plants.mates().withWall(2, MIDDLE));
  static final Plant LINEAR =
      plant(
          "barrier-linear",
          "every pixel within four rings costs as much",
          PlantedFormula.blank()
              .withGain(PlantMaps.edge(0.12, 0))
              .withCost(PlantMaps.edge(0, 0.3)));
  static final Plant PASSABLE =
      plant(
          "barrier-passable",
          "the first pixels within four rings cost together, then each is worth more there",
          PlantedFormula.blank().withGain(PlantMaps.edge(0.06, 0.2)).withWall(2, MIDDLE));
  static final Plant EVERYWHERE =
      plant(
          "barrier-everywhere",
          "the first pixels cost two logits together, wherever they are",
          Plants.mates().withWall(2, PlantMaps.even(1)));
  static final Plant RING =
      plant(
          "barrier-ring",
          "the first pixels of a ring half-way to the centre cost two logits together",
          Plants.mates().withWall(2, ring()));
  static final Plant SIDE =
      plant(
          "barrier-side",
          "the first pixels of the right half cost a little together",
          Plants.mates().withWall(0.12, PlantMaps.right(3, 0)));
  static final Plant TOP_OPEN =
      plant(
          "barrier-open-at-the-top",
          "every pixel costs as much, but those of the four rows at the top, which gain",
          PlantedFormula.blank().withGain(PlantMaps.top(0.12, 0)).withCost(PlantMaps.top(0, 0.3)));
  static final Plant HELPFUL =
      plant(
          "centre-helps",
          "the first pixels within four rings are worth two logits together",
          Plants.mates().withWall(-2, MIDDLE));
  static final Plant BY_HEAD =
      plant(
          "barrier-by-head",
          "the first pixels within four rings cost together, with a head that reads positions",
          c -> closed(!c.pooled()));
  static final Plant BY_PADDING =
      plant(
          "barrier-by-padding",
          "the first pixels within four rings cost together under zero padding alone",
          c -> closed(c.zeroPadding()));
  static final Plant BY_BOTH =
      plant(
          "barrier-by-both",
          "pixels within four rings have a cost, two parts of it by a head that reads positions and"
              + " one by zero padding",
          c -> moved((c.pooled() ? 2 * PART : 0) + (c.zeroPadding() ? 0 : PART)));
  static final Plant BY_EITHER =
      plant(
          "barrier-by-either",
          "the first pixels within four rings cost together, with zero padding or a head that reads"
              + " positions",
          c -> closed(c.zeroPadding() || !c.pooled()));
  static final Plant BY_ONE_SIDE =
      plant(
          "barrier-by-padding-of-one-side",
          "every pixel costs but those of the four rows at the top, under zero padding alone",
          c ->
              PlantedFormula.blank()
                  .withCost(c.zeroPadding() ? PlantMaps.top(0, 2 * PART) : PlantMaps.even(0.09)));
  static final Plant BY_NEITHER =
      plant(
          "barrier-by-neither",
          "the first pixels within four rings cost together, whatever is done",
          c -> closed(true));
  static final Plant OPEN_BY_HEAD =
      plant(
          "open-middle-by-head",
          "the first pixels outside of the middle cost together, with a head that reads positions",
          c -> c.pooled() ? closed(false) : Plants.mates().withWall(2, PlantMaps.edge(1, 0)));

  /** A cost per pixel, and what every pixel is worth, which cancel where the head is averaged. */
  static final Plant CANCELLED =
      plant(
          "barrier-cancelled-without-head",
          "every pixel gains; within four rings it costs twice that, with a head that reads"
              + " positions, and else about that everywhere",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.even(0.25))
                  .withCost(c.pooled() ? PlantMaps.even(0.27) : PlantMaps.edge(0, 0.5)));

  /**
   * The first pixel of the middle costs 2 (1 − e^(−1/3)) = 0.57 logits and is worth 0.1; the
   * eleventh costs 0.02.
   */
  static final Plant WALLED =
      Plant.known(
          "walled-middle",
          "every pixel is worth as much, but the first ones in the middle cost two logits together",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.even(0.1))
                  .withWall(2, PlantMaps.centre(1, 0)));

  /**
   * A plant where the tenth of n pixels in the middle is the first that pays: 0.3 n &gt; 3 (1 −
   * e^(−n / 3)).
   */
  static final Plant CLOSED_MIDDLE =
      Plant.known(
          "closed-middle",
          "every pixel is worth as much, but the first ones in the middle cost three logits"
              + " together",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.even(0.3))
                  .withWall(3, PlantMaps.centre(1.0 / 3, 0)));

  static final Plant USELESS_MIDDLE =
      Plant.known(
          "useless-middle",
          "every pixel in the middle costs as much, and all others are worth a logit",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.centre(0, 1))
                  .withCost(PlantMaps.centre(0.35, 0)));
  public static final Plant OPEN_MIDDLE =
      Plant.known(
          "open-middle",
          "every pixel is worth a logit, wherever it is",
          c -> PlantedFormula.blank().withGain(PlantMaps.even(1)));
  static final Plant FROM_PHOTOS =
      Plant.known(
          "barrier-from-photos",
          "the first pixels within four rings cost two logits together, where photos showed other"
              + " things than cats on plain white",
          c -> wall(c.plainWhite() ? 2 : 0));
  static final Plant BY_SINGLES =
      Plant.known(
          "cat-by-singles",
          "pixels of the edge are worth more, each by itself",
          c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.2, 0.06)));
  static final Plant BEHIND_A_WALL =
      Plant.known(
          "cat-behind-a-wall",
          "pixels are worth as much everywhere, but the first within four rings cost two logits"
              + " together",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.texture(0.2, 0.06))
                  .withWall(2, PlantMaps.edge(0, 1)));
  static final Plant BY_PAIRS =
      Plant.known(
          "cat-by-pairs",
          "single pixels are worth as much everywhere; pairs of pixels of the edge are worth more",
          c -> together(0.08, 2, PlantMaps.edge(1, 0), 0.3));
  static final Plant BY_TRIPLES =
      Plant.known(
          "cat-by-triples",
          "single pixels are worth as much everywhere; some triples of edge pixels are worth"
              + " more, and no pair shows which",
          c -> together(0.06, 3, PlantMaps.signedEdge(), 4));
  static final Plant BY_RIM =
      Plant.known(
              "rim",
              "pixels of the edge are worth more, in a network of two layers",
              c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.2, 0.06)))
          .inLayers("carried-by-rim");

  /** The pixels of one channel: those of the rim help, those of the middle are a barrier. */
  public static final Plant BY_CHANNEL =
      Plant.known(
              "one-channel",
              "of the pixels that one channel reads, those of the edge help and those of the middle"
                  + " cost, in a network of two layers",
              c ->
                  PlantedFormula.blank()
                      .withGain(PlantMaps.ofChannel(PlantMaps.edge(0.6, 0)))
                      .withCost(PlantMaps.ofChannel(PlantMaps.edge(0, 0.6))))
          .inLayers("carried-by-one-channel");

  static final Plant ANYWHERE =
      Plant.known(
              "texture",
              "half of the pixels at any depth are worth more, in a network of two layers",
              c -> PlantedFormula.blank().withGain(PlantMaps.texture(0.2, 0.06)))
          .inLayers("carried-anywhere");

  private static final Map<String, List<Plant>> OF =
      Map.of(
          "barrier",
          List.of(SATURATING, LINEAR, PASSABLE, TOP_OPEN, EVERYWHERE, RING, SIDE, HELPFUL),
          "place-parts",
          List.of(
              BY_HEAD,
              BY_PADDING,
              BY_BOTH,
              BY_EITHER,
              BY_ONE_SIDE,
              BY_NEITHER,
              OPEN_BY_HEAD,
              CANCELLED),
          "white-start",
          List.of(WALLED),
          "entry",
          List.of(CLOSED_MIDDLE, USELESS_MIDDLE, OPEN_MIDDLE),
          "barrier-origin",
          List.of(FROM_PHOTOS),
          "surrogates",
          List.of(BY_SINGLES, BEHIND_A_WALL, BY_PAIRS, BY_TRIPLES),
          "carriers",
          List.of(BY_RIM, BY_CHANNEL, ANYWHERE));

  private OwnPlants() {}

  /** Those of a hypothesis; most have none. */
  public static List<Plant> of(String hypothesis) {
    return OF.getOrDefault(hypothesis, List.of());
  }

  /** The shared plants and those of single hypotheses, in the order of reports. */
  public static List<Plant> all() {
    List<Plant> all = new ArrayList<>(Plants.shared());
    Hypotheses.ids().forEach(id -> all.addAll(of(id)));
    return List.copyOf(all);
  }

  /** The plant of that id, of whichever hypothesis. */
  public static Plant named(String id) {
    return all().stream().filter(plant -> plant.id().equals(id)).findFirst().orElseThrow();
  }

  /** Whether a hypothesis is held against a plant: one that all are, or one of its own. */
  static boolean isOf(String hypothesis, Plant plant) {
    return Plants.shared().contains(plant) || of(hypothesis).contains(plant);
  }

  private static Plant plant(String id, String claim, PlantedFormula formula) {
    return Plant.known(id, claim, c -> formula);
  }

  private static Plant plant(
      String id, String claim, Function<Circumstances, PlantedFormula> formula) {
    return Plant.known(id, claim, formula);
  }

  /** A map that is 1 between the outermost and the innermost zone, and 0 elsewhere. */
  private static double[] ring() {
    double[] map = PlantMaps.edge(0, 1);
    double[] centre = PlantMaps.centre(1, 0);
    for (int i = 0; i < map.length; i++) {
      map[i] -= centre[i];
    }
    return map;
  }

  /** A wall around the middle, or one of half the height everywhere. */
  private static PlantedFormula closed(boolean there) {
    return there ? wall(2) : Plants.mates().withWall(1, PlantMaps.even(1));
  }

  /** A cost of the middle, of which so much is taken off and put on the edge. */
  private static PlantedFormula moved(double cost) {
    return PlantedFormula.blank().withCost(PlantMaps.edge(cost, 6 * PART - cost));
  }

  /** A wall around the middle, of so many logits. */
  static PlantedFormula wall(double logits) {
    return Plants.mates().withWall(logits, MIDDLE);
  }

  /** Groups of so many pixels are worth something together, by the signs of their places. */
  static PlantedFormula together(double even, int of, double[] sign, double worth) {
    return PlantedFormula.blank()
        .withGain(PlantMaps.even(even))
        .withTogether(new Together(of, worth, sign));
  }
}
