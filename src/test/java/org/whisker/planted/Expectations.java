package org.whisker.planted;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.planted.Expectation.Expected;

/**
 * The verdict that is right for each hypothesis on each planted classifier. Of a hypothesis the
 * first line that names a plant counts, so exceptions stand before the rule.
 */
public final class Expectations {
  private static final Expectation NOT_ARGUED =
      Expectation.elsewhere(Expected.ANY, "not argued yet");

  private static final Map<String, List<Expectation>> OF =
      Map.ofEntries(
          Map.entry(
              "geometry",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.MATES, Expected.SUPPORTED, "a rolled image has the same logit"),
                  Expectation.ofMirrored(Expected.SUPPORTED),
                  Expectation.on(
                      Plants.SCATTERED,
                      Expected.ANY,
                      "the depth of 400 random places varies by chance"),
                  Expectation.on(
                      List.of(Plants.CENTRE_BENEFIT, Plants.CENTRE, Plants.FOVEATION),
                      Expected.TOWARDS_CENTRE,
                      "the centre is worth more"),
                  Expectation.elsewhere(Expected.TOWARDS_EDGE, "the edge is worth more"))),
          Map.entry(
              "uniformity",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.MATES, Expected.NO_EFFECT, "a rolled image has the same logit"),
                  Expectation.on(
                      List.of(Plants.STRIDES, Plants.UNKNOWN_STRIDES),
                      Expected.NO_EFFECT,
                      "every block of the canvas has as many such columns"),
                  Expectation.elsewhere(
                      Expected.SUPPORTED, "some blocks of the canvas are worth more"))),
          Map.entry(
              "sides",
              Expectation.ofSearches(
                  Expectation.on(Plants.SIDES, Expected.SUPPORTED, "the right half is worth more"),
                  Expectation.on(Plants.ONE_EDGE, Expected.SUPPORTED, "the top is worth more"),
                  Expectation.on(
                      Plants.SCATTERED, Expected.ANY, "400 random places are uneven by chance"),
                  Expectation.elsewhere(
                      Expected.NO_EFFECT, "the formula is the same for mirrored images"))),
          Map.entry(
              "barrier",
              List.of(
                  Expectation.on(
                      List.of(OwnPlants.SATURATING, OwnPlants.LINEAR, OwnPlants.PASSABLE),
                      Expected.SUPPORTED,
                      "the first pixels cost in the middle and not at the edge"),
                  Expectation.on(
                      OwnPlants.TOP_OPEN,
                      Expected.SUPPORTED,
                      "the first pixels cost in the middle and at three of four sides"),
                  Expectation.on(
                      Plants.COSTLY, Expected.SUPPORTED, "pixels of the middle cost logits"),
                  Expectation.on(
                      Plants.PRICE_WITHOUT_BIAS,
                      Expected.SUPPORTED,
                      "one pixel alone harms in the middle"),
                  Expectation.on(
                      List.of(
                          Plants.CENTRE_BENEFIT,
                          Plants.CENTRE,
                          Plants.FOVEATION,
                          OwnPlants.HELPFUL),
                      Expected.OPPOSITE,
                      "pixels of the middle are worth something, and more than others"),
                  Expectation.on(
                      OwnPlants.EVERYWHERE, Expected.NO_EFFECT, "they cost as much at the edge"),
                  Expectation.on(
                      OwnPlants.RING,
                      Expected.NO_EFFECT,
                      "the costly ring lies between the two zones that decide"),
                  Expectation.on(
                      OwnPlants.SIDE,
                      Expected.NO_EFFECT,
                      "the right half has as much of the edge as of the middle"),
                  Expectation.elsewhere(Expected.NO_EFFECT, "no pixel costs anything"))),
          Map.entry(
              "landscape",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.MIRRORED,
                      Expected.NOT_TESTED,
                      "a single pixel has the same effect in every ring"),
                  Expectation.on(
                      List.of(Plants.POSITION_BLIND, Plants.SCATTERED),
                      Expected.NOT_TESTED,
                      "rings do not differ, or only by chance"),
                  Expectation.on(
                      Plants.PRICE_WITHOUT_BIAS,
                      Expected.NO_EFFECT,
                      "a pixel has another effect alone than beside others"),
                  Expectation.elsewhere(
                      Expected.SUPPORTED,
                      "where a pixel alone helps most, it helps most beside others"))),
          Map.entry(
              "place-parts",
              List.of(
                  Expectation.ofUnknownLayers(),
                  Expectation.on(
                      List.of(
                          OwnPlants.BY_HEAD,
                          OwnPlants.BY_PADDING,
                          OwnPlants.BY_BOTH,
                          OwnPlants.BY_EITHER),
                      Expected.SUPPORTED,
                      "the wall around the middle goes when both are blind"),
                  Expectation.on(
                      OwnPlants.OPEN_BY_HEAD,
                      Expected.OPPOSITE,
                      "the head makes the edge cost more"),
                  Expectation.on(
                      OwnPlants.CANCELLED,
                      Expected.NOT_TESTED,
                      "with its head averaged, pixels change hardly anything"),
                  Expectation.on(
                      OwnPlants.BY_ONE_SIDE,
                      Expected.SUPPORTED,
                      "what is free along one side is so by padding alone"),
                  Expectation.on(
                      List.of(Plants.PADDING, Plants.PADDING_AND_PRICE),
                      Expected.SUPPORTED,
                      "under zero padding pixels of the edge are worth more"),
                  Expectation.on(
                      Plants.HEAD,
                      Expected.SUPPORTED,
                      "with its head pixels of the edge are worth more"),
                  Expectation.on(
                      List.of(Plants.PAIRS, Plants.LOST_GAIN),
                      Expected.ANY,
                      "other padding or another head leaves another network"),
                  Expectation.elsewhereNothing())),
          Map.entry(
              "operators",
              List.of(
                  Expectation.elsewhere(
                      Expected.NO_EFFECT, "the search is the same, and prefers no place"))),
          Map.entry(
              "search",
              Expectation.ofSearches(
                  Expectation.ofMirrored(Expected.NO_EFFECT),
                  Expectation.elsewhere(
                      Expected.ANY, "depends on how well each search tells places apart"))),
          Map.entry(
              "founders",
              Expectation.ofSearches(
                  Expectation.elsewhere(
                      Expected.ANY, "depends on how near to a cat it is when released"))),
          Map.entry(
              "white-start",
              Expectation.ofSearches(
                  Expectation.on(
                      OwnPlants.WALLED,
                      Expected.SUPPORTED,
                      "random pixels pay for most of the wall"),
                  Expectation.on(
                      Plants.POSITION_BLIND,
                      Expected.NO_EFFECT,
                      "a rolled image has the same logit"),
                  Expectation.ofMirrored(Expected.NO_EFFECT),
                  Expectation.elsewhere(
                      Expected.ANY, "depends on what the given pixels are worth"))),
          Map.entry(
              "entry",
              List.of(
                  Expectation.on(Plants.WHITE_CAT, Expected.NOT_TESTED, "white is a cat already"),
                  Expectation.on(
                      OwnPlants.CLOSED_MIDDLE,
                      Expected.SUPPORTED,
                      "no single pixel pays there, ten at once do"),
                  Expectation.on(
                      OwnPlants.USELESS_MIDDLE,
                      Expected.NO_EFFECT,
                      "held there, both searches are best off white"),
                  Expectation.on(
                      List.of(OwnPlants.OPEN_MIDDLE, Plants.POSITION_BLIND),
                      Expected.NO_EFFECT,
                      "a rolled image has the same logit"),
                  Expectation.elsewhere(Expected.ANY, "depends on how far each search gets"))),
          Map.entry(
              "safe-harbour",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.COSTLY, Expected.SUPPORTED, "the cost of the centre is a cause"),
                  Expectation.elsewhere(
                      Expected.NO_EFFECT, "no pixel costs logits where others are"))),
          Map.entry(
              "padding",
              Expectation.ofSearches(
                  Expectation.ofUnknownLayers(),
                  Expectation.on(
                      List.of(Plants.PADDING, Plants.PADDING_AND_PRICE, Plants.PAIRS),
                      Expected.SUPPORTED,
                      "zero padding is a cause"),
                  Expectation.ofLostGain(),
                  Expectation.elsewhereNothing())),
          Map.entry(
              "background",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.BACKGROUND, Expected.SUPPORTED, "a white background is the cause"),
                  Expectation.ofLostGain(),
                  Expectation.elsewhereNothing())),
          Map.entry(
              "training-centre",
              Expectation.ofSearches(
                  Expectation.ofUnknownLayers(),
                  Expectation.on(
                      Plants.TRAINING_POSITION, Expected.SUPPORTED, "centred photos are the cause"),
                  Expectation.ofLostGain(),
                  Expectation.elsewhereNothing())),
          Map.entry(
              "barrier-origin",
              List.of(
                  Expectation.on(
                      OwnPlants.FROM_PHOTOS,
                      Expected.SUPPORTED,
                      "photos of such things are the cause"),
                  Expectation.on(Plants.UNKNOWN, Expected.NOT_TESTED, "it can't be trained again"),
                  Expectation.on(
                      Plants.LOST_GAIN, Expected.ANY, "other photos leave another network"),
                  Expectation.elsewhereNothing())),
          Map.entry(
              "surrogates",
              List.of(
                  Expectation.on(
                      Plants.STRIDES,
                      Expected.SUPPORTED,
                      "the logit is a sum over pixels, and so is E"),
                  Expectation.on(
                      List.of(Plants.SIDES, OwnPlants.BY_SINGLES),
                      Expected.SUPPORTED,
                      "the logit is a sum over pixels"),
                  Expectation.on(
                      OwnPlants.BEHIND_A_WALL,
                      Expected.SUPPORTED,
                      "the dose\u2013response of the middle has the cost, and the search never pays"
                          + " it"),
                  Expectation.on(
                      List.of(OwnPlants.BY_PAIRS, OwnPlants.BY_TRIPLES),
                      Expected.REFUTED,
                      "single pixels are worth as much everywhere, and the edge is preferred all"
                          + " the same"),
                  Expectation.elsewhere(Expected.ANY, "depends on how far each search gets"))),
          Map.entry(
              "carriers",
              List.of(
                  Expectation.on(
                      List.of(OwnPlants.BY_RIM, OwnPlants.BY_CHANNEL),
                      Expected.SUPPORTED,
                      "pixels of the rim are worth more, and the outer positions have read the"
                          + " rim"),
                  Expectation.on(
                      OwnPlants.ANYWHERE,
                      Expected.NO_EFFECT,
                      "pixels that are worth more lie at all depths, and so do positions that read"
                          + " them"),
                  Expectation.elsewhere(Expected.NOT_TESTED, "a formula has no layers"))),
          Map.entry(
              "foveation",
              Expectation.ofSearches(
                  Expectation.ofUnknownLayers(),
                  Expectation.on(
                      Plants.FOVEATION, Expected.SUPPORTED, "gains are proportional to the paths"),
                  Expectation.on(
                      Plants.COSTLY,
                      Expected.ANY,
                      "in a ring, mates without a cost are nearer some corners"),
                  Expectation.on(
                      List.of(Plants.DISTRACTOR, Plants.CENTRE),
                      Expected.NOT_TESTED,
                      "pixels and paths prefer the same rings for different reasons"),
                  Expectation.on(
                      Plants.EDGES,
                      Expected.OPPOSITE,
                      "pixels prefer the edge, where few paths begin"),
                  Expectation.on(
                      List.of(Plants.ONE_EDGE, Plants.PAIRS, Plants.LOST_GAIN),
                      Expected.OPPOSITE,
                      "pixels prefer the edge, where few paths begin"),
                  Expectation.on(
                      Plants.SCATTERED,
                      Expected.ANY,
                      "the depth of 400 random places varies by chance"),
                  Expectation.elsewhere(Expected.NO_EFFECT, "rings are not preferred"))),
          Map.entry(
              "receptive-field",
              ofDerivatives(
                  Expectation.on(
                      Plants.EDGES, Expected.OPPOSITE, "the derivative is largest at the edge"),
                  Expectation.on(
                      Plants.FOVEATION,
                      Expected.SUPPORTED,
                      "the derivative is proportional to the paths"),
                  Expectation.on(
                      Plants.COSTLY, Expected.SUPPORTED, "the cost of the centre is a derivative"),
                  Expectation.ofMirrored(Expected.NO_EFFECT),
                  Expectation.elsewhere(
                      Expected.NO_EFFECT, "derivatives are where pairs are: anywhere"))),
          Map.entry(
              "learned-field",
              ofDerivatives(
                  Expectation.on(
                      Plants.EDGES, Expected.OPPOSITE, "random weights look everywhere alike"),
                  Expectation.on(
                      Plants.FOVEATION, Expected.SUPPORTED, "random weights look everywhere alike"),
                  Expectation.on(Plants.COSTLY, Expected.SUPPORTED, "random weights have no cost"),
                  Expectation.elsewhere(Expected.NO_EFFECT, "both look everywhere alike"))),
          Map.entry(
              "location-tied",
              Expectation.ofSearches(
                  Expectation.on(
                      Plants.MATES, Expected.NO_EFFECT, "a rolled image has the same logit"),
                  Expectation.on(
                      List.of(Plants.STRIDES, Plants.UNKNOWN_STRIDES),
                      Expected.NO_EFFECT,
                      "rolled by the stride it has the same logit"),
                  Expectation.on(
                      Plants.PAIRS, Expected.ANY, "a pixel beside the border is half a pair"),
                  Expectation.elsewhere(Expected.SUPPORTED, "elsewhere pixels are worth less"))),
          Map.entry(
              "head",
              Expectation.ofSearches(
                  Expectation.ofUnknownLayers(),
                  Expectation.on(Plants.HEAD, Expected.SUPPORTED, "a flattening head is the cause"),
                  Expectation.ofLostGain(),
                  Expectation.elsewhereNothing())));

  private Expectations() {}

  /** The lines of a hypothesis; none for one that is not in the table. */
  public static List<Expectation> of(String hypothesis) {
    return OF.getOrDefault(hypothesis, List.of());
  }

  /** The ids of the hypotheses in the table. */
  static Set<String> hypotheses() {
    return OF.keySet();
  }

  /** The verdict that is right for a hypothesis on a plant, with its reason. */
  public static Expectation on(String hypothesis, Plant plant) {
    return of(hypothesis).stream().filter(line -> line.isOf(plant)).findFirst().orElse(NOT_ARGUED);
  }

  /** Puts what holds of every measure of derivatives before these lines. */
  private static List<Expectation> ofDerivatives(Expectation... lines) {
    return Stream.concat(
            Expectation.ofSearches(
                Expectation.ofUnknownLayers(),
                Expectation.on(
                    List.of(Plants.ONE_EDGE, Plants.PAIRS, Plants.LOST_GAIN),
                    Expected.OPPOSITE,
                    "derivatives are large at the edge"),
                Expectation.on(
                    List.of(Plants.PRICE_WITHOUT_BIAS, Plants.DISTRACTOR),
                    Expected.NOT_TESTED,
                    "what a pixel does alone is all that shows at white"),
                Expectation.on(
                    Plants.CENTRE, Expected.SUPPORTED, "derivatives are large in the centre"),
                Expectation.on(
                    Plants.PADDING_AND_PRICE,
                    Expected.ANY,
                    "derivatives are large at the edge and in the middle"))
                .stream(),
            Stream.of(lines))
        .toList();
  }
}
