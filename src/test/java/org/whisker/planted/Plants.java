package org.whisker.planted;

import java.util.List;

/**
 * The planted classifiers that all hypotheses are held against. One that is planted for a single
 * hypothesis can stand in that hypothesis's own file.
 */
public final class Plants {
  private static final double STRONG = 0.2;
  private static final double WEAK = 0.06;
  private static final double MIDDLING = 0.15;
  private static final double EVEN = 0.12;
  private static final double MATED = 0.25;
  // Each more than a pixel with mates is worth.
  private static final double COST = 0.3;
  private static final double HIGH_COST = 0.35;
  private static final double FAINT = 0.04;
  private static final double ALONE = 0.6;
  private static final double LOST = 0.35;
  private static final double WHITE_LOGIT = 2;

  public static final Plant EDGE_BENEFIT =
      Plant.known("edge-benefit", "pixels of the edge are worth more", c -> edge(true));

  public static final Plant CENTRE_BENEFIT =
      new Plant(
          "centre-benefit",
          "pixels of the centre are worth more; its layers are not known",
          c -> PlantedFormula.blank().withGain(PlantMaps.centre(STRONG, WEAK)),
          PlantMaps.paths(1),
          true);

  public static final Plant PRICE_WITHOUT_BIAS =
      Plant.known(
          "price-without-bias",
          "one pixel alone harms in the centre; of several only mates matter, anywhere",
          c -> mates().withAlone(PlantMaps.edge(0, ALONE)));

  public static final Plant PADDING =
      Plant.known(
          "padding",
          "pixels of the edge are worth more under zero padding alone",
          c -> edge(c.zeroPadding()));

  public static final Plant STRIDES =
      Plant.known(
          "strides",
          "pixels of every second column are worth more",
          c -> PlantedFormula.blank().withGain(PlantMaps.columns(STRONG, WEAK)));

  public static final Plant TRAINING_POSITION =
      Plant.known(
          "training-position",
          "pixels of the edge are worth more when trained on centred photos alone",
          c -> edge(c.centred()));

  public static final Plant BACKGROUND =
      Plant.known(
          "background", "pixels of the edge are worth more on white alone", c -> edge(c.white()));

  public static final Plant POSITION_BLIND =
      Plant.known("position-blind", "only mates matter, anywhere", c -> mates());

  public static final Plant PADDING_AND_PRICE =
      Plant.known(
          "padding-and-price",
          "mates; a cost of the centre in two quarters, and in the two others a benefit of the"
              + " edge under zero padding",
          c ->
              mates()
                  .withCost(PlantMaps.inQuarters(PlantMaps.edge(0, HIGH_COST), 0))
                  .withGain(
                      c.zeroPadding()
                          ? PlantMaps.inOtherQuarters(PlantMaps.edge(MIDDLING, FAINT), FAINT)
                          : PlantMaps.even(FAINT)));

  public static final Plant DISTRACTOR =
      new Plant(
          "distractor",
          "pixels of the edge are worth more; single pixels and paths have other marks there",
          c -> edge(true).withAlone(PlantMaps.tiles(-ALONE, 0)),
          PlantMaps.edgePaths(),
          false);

  public static final Plant SIDES =
      Plant.known(
          "sides",
          "pixels of the right half are worth more",
          c -> PlantedFormula.blank().withGain(PlantMaps.right(STRONG, WEAK)));

  public static final Plant SAFE_HARBOUR =
      Plant.known("safe-harbour", "mates, anywhere, with a cost of the centre", c -> costly());

  public static final Plant HEAD =
      Plant.known(
          "head",
          "pixels of the edge are worth more with a flattening head alone",
          c -> edge(!c.pooled()));

  public static final Plant FOVEATION =
      Plant.known(
          "foveation",
          "pixels are worth as much as paths lead from them",
          c -> PlantedFormula.blank().withGain(PlantMaps.paths(EVEN)));

  public static final Plant CENTRE =
      Plant.known(
          "centre",
          "pixels of the centre are worth more; its layers are known",
          c -> PlantedFormula.blank().withGain(PlantMaps.centre(STRONG, WEAK)));

  public static final Plant ONE_EDGE =
      Plant.known(
          "one-edge",
          "pixels of the top edge are worth more, those of the other edges are not",
          c -> PlantedFormula.blank().withGain(PlantMaps.top(STRONG, WEAK)));

  public static final Plant SCATTERED =
      Plant.known(
          "scattered",
          "pixels of 400 places in no order are worth more",
          c -> PlantedFormula.blank().withGain(PlantMaps.scattered(STRONG, WEAK)));

  public static final Plant UNKNOWN_STRIDES =
      new Plant(
          "unknown-strides",
          "pixels of every second column are worth more; its layers are not known",
          c -> PlantedFormula.blank().withGain(PlantMaps.columns(STRONG, WEAK)),
          PlantMaps.paths(1),
          true);

  public static final Plant PAIRS =
      Plant.known(
          "pairs",
          "pixels with a black neighbour are worth more, and zero padding looks like one",
          c ->
              PlantedFormula.blank()
                  .withGain(PlantMaps.even(FAINT))
                  .withBeside(MATED, c.zeroPadding()));

  public static final Plant WHITE_CAT =
      Plant.known(
          "white-cat",
          "white is a cat already; pixels of the edge are worth more",
          c -> edge(true).withWhite(-WHITE_LOGIT));

  public static final Plant NOTHING =
      Plant.known("nothing", "no pixel does anything", c -> PlantedFormula.blank());

  public static final Plant LOST_GAIN =
      Plant.known(
          "lost-gain",
          "pixels of the edge are worth more; with other padding, background or training, just a"
              + " few pixels of the centre are worth anything",
          c -> c.own() ? edge(true) : PlantedFormula.blank().withGain(PlantMaps.few(LOST, 0)));

  /**
   * The plants whose edge is worth more, whatever is done to them or as long as their cause is
   * there.
   */
  public static final List<Plant> EDGES =
      List.of(EDGE_BENEFIT, PADDING, TRAINING_POSITION, BACKGROUND, DISTRACTOR, HEAD);

  /** The plants that look everywhere alike to several pixels. */
  public static final List<Plant> MATES = List.of(PRICE_WITHOUT_BIAS, POSITION_BLIND);

  /** The plants in which a pixel of the centre costs logits. */
  public static final List<Plant> COSTLY = List.of(SAFE_HARBOUR, PADDING_AND_PRICE);

  /** The plants whose layers are not known. */
  public static final List<Plant> UNKNOWN = List.of(CENTRE_BENEFIT, UNKNOWN_STRIDES);

  /** The plants in which E can't differ from ½ though places are not alike. */
  public static final List<Plant> MIRRORED = List.of(STRIDES, SIDES, UNKNOWN_STRIDES);

  private static final List<Plant> SHARED =
      List.of(
          EDGE_BENEFIT,
          CENTRE_BENEFIT,
          PRICE_WITHOUT_BIAS,
          PADDING,
          STRIDES,
          TRAINING_POSITION,
          BACKGROUND,
          POSITION_BLIND,
          PADDING_AND_PRICE,
          DISTRACTOR,
          SIDES,
          SAFE_HARBOUR,
          HEAD,
          FOVEATION,
          CENTRE,
          ONE_EDGE,
          SCATTERED,
          UNKNOWN_STRIDES,
          PAIRS,
          WHITE_CAT,
          NOTHING,
          LOST_GAIN);

  private Plants() {}

  /** A formula in which only mates matter, anywhere. */
  public static PlantedFormula mates() {
    return PlantedFormula.blank().withMated(MATED);
  }

  private static PlantedFormula costly() {
    return mates().withCost(PlantMaps.edge(0, COST)).withGain(PlantMaps.even(FAINT));
  }

  /** The benefit of the edge, or as much everywhere. */
  private static PlantedFormula edge(boolean there) {
    return PlantedFormula.blank()
        .withGain(there ? PlantMaps.edge(STRONG, WEAK) : PlantMaps.even(EVEN));
  }

  /** The plants that all hypotheses share, in the order of tables. */
  public static List<Plant> shared() {
    return SHARED;
  }
}
