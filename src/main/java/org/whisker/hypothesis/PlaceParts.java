package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.OtherOperation;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmChecks.GainCheck;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.PartShares.Part;
import org.whisker.ablation.PartShares.Variant;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.PartTables;
import org.whisker.ablation.result.PartTables.PartPlaceRow;
import org.whisker.ablation.result.PartTables.PartRow;
import org.whisker.ablation.result.PartTables.PartShareRow;
import org.whisker.hypothesis.EvolvedParts.PartEdgeRow;
import org.whisker.image.EdgeBins;
import org.whisker.io.Decimals;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.DoseResponse;
import org.whisker.stats.Estimate;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Experiment {@code place-parts}: which part of the network knows where the middle is. A
 * convolution is the same everywhere, so padding (and windows without it, which leave the border
 * out) and a head that reads positions tell places in most networks. With padding that wraps around
 * and a head averaged over all rolls of what it reads, none can, by construction. Other operations
 * that know places, such as a map of constants in a branch, are averaged over their rolls, too,
 * where that can be done. The outcome is what pixels cost in the middle above the edge, which needs
 * no search. Shares are Shapley values.
 *
 * <p>No network can know places when all are blind, but for what strides leave within a cell of the
 * last map. So no plant has that and stands for a network; a formula can, and then neither part is
 * found to be the cause.
 */
public final class PlaceParts implements Hypothesis, Observer {
  /** A contrast that does not matter, in logits; fixed beforehand. */
  private static final double MARGIN = 0.1;

  private static final String TOGETHER = "padding and head";
  private static final String SHARE_OF = "share of ";
  private static final String AT_EQUAL_GAIN = " at equal gain";
  private static final String LOGITS = "contrast of the middle and the edge";
  private static final String PADDED = "padded layers";
  private static final String HIGHEST = "highest cost in the middle or at the edge";
  private static final String FIRST = "contrast of the first pixel";
  private static final String OF_PLACE = "the network's own";
  private static final String NOT_REPLACED = "operations that were not replaced: ";
  private static final String OTHERS = "other operations";
  private static final String WHETHER =
      ", and whether that makes pixels cost more in the middle than at the edge ";

  private static final double LEVEL = 0.05;

  /** The least contrast, in margins, of which a margin is no part to speak of. */
  private static final int MARGINS = 5;

  private static final int SIGNS = 99_999;

  /** Operations that are named. */
  private static final int NAMED = 3;

  /** What of the contrast is lost where one part alone is made blind. */
  private static final Map<Variant, String> ONE_CHANGED =
      new EnumMap<>(
          Map.of(
              Variant.CIRCULAR, "padding, with the own head",
              Variant.AVERAGED, "head, with the own padding"));

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "place-parts",
          "how much more 1, 3, 10 and 40 black pixels on white cost in the innermost of five"
              + " zones of equal area than in the outermost, with the network's own padding or"
              + " padding that wraps around in every window, and with its own head or the head"
              + " averaged over all rolls of the last feature map; with both changes no place"
              + " differs from another by construction, unless other operations of the network"
              + " know places, which are then averaged over their rolls, too;"
              + " Shapley values of padding and head,"
              + " also at equal gain; no verdict if a changed network responds to pixels less"
              + " than half as strongly",
          new PlaceParts());

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              new Wording(
                  "Do padding and the head make pixels cost more in the middle than at the edge?",
                  "how much more black pixels cost in the middle than at the edge, with"
                      + " padding, the head, or both made blind to places",
                  "what padding and the head know of places",
                  Wording.Clause.always(
                      "with padding and head made blind to places, the middle costs less"
                          + " compared with the edge"),
                  "with padding and head made blind to places, the middle costs as much"
                      + " compared with the edge",
                  Wording.Clause.always(
                      "with padding and head made blind to places, the middle costs more"
                          + " compared with the edge"),
                  "draws",
                  false),
              Decisive.by(TOGETHER),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.PARTS_OF_PLACE)),
              Planned.standard(EvolvedParts.EXPERIMENT),
              Planned.standard(PartPlaces.EXPERIMENT))
          // the units are draws
          .withoutFlips()
          .shown(Exhibit.ofArmsAnd(Exhibit.PARTS, Exhibit.PART_PLACES, Exhibit.PART_EDGES))
          .tables(PartRow.TABLE, PartShareRow.TABLE, PartPlaceRow.TABLE, PartEdgeRow.TABLE)
          .tells("which part of the network knows the place");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return new EdgeBins(model.canvas(), Design.ZONES).bins().size() < 2
        ? Optional.of("its input is too small for zones")
        : Stream.concat(
                Stream.of(Variant.values()).map(Variant::variant),
                PartShares.others(model).values().stream())
            .flatMap(each -> model.refusal(each).stream())
            .findFirst();
  }

  @Override
  public boolean needsCats() {
    return false;
  }

  @Override
  public long scored(AblatedModel model, int images) {
    int variants = Variant.values().length + PartShares.others(model).size();
    return (long) variants * Design.of(0).pictures(true);
  }

  @Override
  public Observations observe(Input input) {
    Design design = Design.of(input.setting().seed()).on(input.model().canvas());
    PartShares shares = PartShares.measured(input.model(), design, input.batch(), input.stopped());
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    if (input.model().canBeCut() && input.model().paddedPlaces().isEmpty()) {
      drafts.add(Observation.Uncorrected.counted(PADDED, "layers", 0));
    }
    String left = notReplaced(input.model());
    if (!left.isEmpty()) {
      drafts.add(Observation.Uncorrected.counted(NOT_REPLACED + left, "text", 1));
    }
    drafts.add(
        Observation.Uncorrected.counted(
            HIGHEST, "change of the logit", highest(shares.response(Variant.OWN))));
    turning(shares).ifPresent(drafts::add);
    drafts.add(mean(TOGETHER, "both blind", Prediction.RISES, shares.together(), shares, input));
    drafts.add(value(Part.PADDING, shares, input));
    drafts.add(value(Part.HEAD, shares, input));
    if (!shares.others().isEmpty()) {
      String name = OTHERS + ": " + replaced(input.model());
      double[] value = shares.value(Part.OTHERS);
      drafts.add(mean(name, "averaged", Prediction.RISES, value, shares, input));
    }
    for (Map.Entry<Variant, String> one : ONE_CHANGED.entrySet()) {
      double[] lost =
          Samples.differences(shares.contrast(Variant.OWN), shares.contrast(one.getKey()));
      drafts.add(mean(one.getValue(), "own", Prediction.RISES, lost, shares, input));
    }
    for (String name : shares.others().keySet()) {
      drafts.add(mean(name, "own", Prediction.NOTHING, shares.lost(name), shares, input));
    }
    for (Variant variant : Variant.values()) {
      drafts.add(
          mean(
              variant.label(),
              "none",
              Prediction.NOTHING,
              shares.contrast(variant),
              shares,
              input));
    }
    drafts.add(mean(PartTables.ROLLED, "none", Prediction.NOTHING, shares.rolled(), shares, input));
    drafts.add(
        mean(OF_PLACE, PartTables.ROLLED, Prediction.NOTHING, shares.ofPlace(), shares, input));
    for (Part part : shares.parts()) {
      String name = SHARE_OF + part.label();
      double[] values = shares.value(part);
      shares
          .share(part, input.random(name))
          .ifPresent(it -> drafts.add(share(name, it, values, input)));
      shares
          .shareAtEqualGain(part, input.random(name + AT_EQUAL_GAIN))
          .ifPresent(it -> drafts.add(share(name + AT_EQUAL_GAIN, it, values, input)));
    }
    return new Observations.Tabled(
        Observation.corrected(drafts),
        withheld(shares, left, input.model()),
        List.of(
            new Table.Rows<>(PartRow.TABLE, () -> PartRow.of(shares, input.random("parts"))),
            new Table.Rows<>(
                PartShareRow.TABLE, () -> PartShareRow.of(shares, input.random("part shares")))));
  }

  /** The highest mean cost of any dose in the innermost zone and the outermost. */
  private static double highest(DoseResponse own) {
    return IntStream.range(0, own.counts().size())
        .boxed()
        .flatMap(dose -> Stream.of(own.cost(own.innermost(), dose), own.cost(0, dose)))
        .mapToDouble(costs -> Arrays.stream(costs).average().orElse(0))
        .max()
        .orElse(0);
  }

  /** How much more the first pixel costs in the middle, where all doses together do not. */
  private static Optional<Observation.Uncorrected> turning(PartShares shares) {
    DoseResponse own = shares.response(Variant.OWN);
    double[] firsts = Samples.differences(own.cost(own.innermost(), 0), own.cost(0, 0));
    double first = Samples.Summary.of(firsts).mean();
    double all = Samples.Summary.of(shares.contrast(Variant.OWN)).mean();
    return Math.abs(first) > MARGIN && Math.signum(first) * all < MARGIN
        ? Optional.of(Observation.Uncorrected.counted(FIRST, LOGITS, first))
        : Optional.empty();
  }

  private static Observation.Uncorrected value(Part part, PartShares shares, Input input) {
    return mean(part.label(), "blind", Prediction.RISES, shares.value(part), shares, input);
  }

  /** Values that are no more than rounding are 0. */
  private static Observation.Uncorrected mean(
      String name,
      String against,
      Prediction predicted,
      double[] values,
      PartShares shares,
      Input input) {
    double[] exact = shares.isRounding(values) ? new double[values.length] : values;
    return Observation.Uncorrected.mean(
        name, against, LOGITS, predicted, exact, MARGIN, 0, input.random(name));
  }

  private static String notReplaced(AblatedModel model) {
    return texts(model.otherOperations().stream().filter(each -> !each.wholly()).toList());
  }

  private static String replaced(AblatedModel model) {
    return texts(model.otherOperations().stream().filter(OtherOperation::averaged).toList());
  }

  private static String texts(List<OtherOperation> some) {
    return some.stream().limit(NAMED).map(OtherOperation::text).collect(Collectors.joining("; "))
        + (some.size() > NAMED ? "; and " + (some.size() - NAMED) + " more" : "");
  }

  private static Observation.Uncorrected share(
      String name, Estimate share, double[] values, Input input) {
    return new Observation.Uncorrected(
        name,
        Observation.NOTHING,
        "share of the contrast",
        Prediction.NOTHING,
        share.value(),
        share.interval(),
        SignFlipTest.of(values, 0, Alternative.TWO_SIDED, SIGNS, input.random("p of the " + name))
            .p(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        values.length,
        0);
  }

  /** A network that hardly answers to pixels any more says nothing of places. */
  private static List<WithheldComparison> withheld(
      PartShares shares, String left, AblatedModel model) {
    double white = shares.response(Variant.OWN).baseline();
    double together = Samples.Summary.of(shares.together()).mean();
    List<WithheldComparison> withheld =
        new ArrayList<>(Barrier.nearHalf(TOGETHER, white, together));
    if (!left.isEmpty() && Math.abs(together) <= MARGIN) {
      withheld.add(
          new WithheldComparison(
              TOGETHER, left + ", which knows places and was not wholly replaced"));
    }
    weakened(shares)
        .ifPresent(
            why -> withheld.add(new WithheldComparison(OTHERS + ": " + replaced(model), why)));
    ONE_CHANGED.forEach(
        (variant, name) -> {
          if (shares.gain(variant) < GainCheck.HALF) {
            withheld.add(new WithheldComparison(name, reason(variant, shares)));
          }
        });
    if (shares.gain(Variant.BOTH) < GainCheck.HALF) {
      withheld.add(new WithheldComparison(TOGETHER, reason(Variant.BOTH, shares)));
    }
    Stream.of(Variant.values())
        .filter(variant -> shares.gain(variant) < GainCheck.HALF)
        .findFirst()
        .ifPresent(
            variant ->
                Stream.of(Part.PADDING, Part.HEAD)
                    .map(part -> new WithheldComparison(part.label(), reason(variant, shares)))
                    .forEach(withheld::add));
    return withheld;
  }

  /** Why nothing is decided of other operations; empty where networks without them answer. */
  private static Optional<String> weakened(PartShares shares) {
    return shares.others().keySet().stream()
        .filter(name -> name.endsWith(PartShares.ALL_OTHERS))
        .filter(name -> shares.gainOf(name) < GainCheck.HALF)
        .map(name -> reason(name, shares.gainOf(name)))
        .findFirst();
  }

  private static String reason(Variant variant, PartShares shares) {
    return reason(variant.label(), shares.gain(variant));
  }

  private static String reason(String network, double gain) {
    return Text.of(
        "with %s the network responds to pixels at any place %.2f times as strongly as"
            + " unchanged, less than half",
        network, gain);
  }

  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return switch (decided.verdict()) {
      case SUPPORTED, OPPOSITE ->
          Optional.of(
              shares(decided)
                      .map(shares -> told(shares, decided))
                      .orElseGet(() -> unshared(decided))
                  + ofOthers(decided).map("; beside it, "::concat).orElse(""));
      case NO_EFFECT ->
          decided.observation(FIRST).isPresent()
              ? Optional.empty()
              : ofOthers(decided)
                  .map(others -> others + "; neither padding nor the head does")
                  .or(() -> open(decided))
                  .or(
                      () ->
                          Optional.of(
                              "neither padding nor the head makes pixels cost more in the middle"
                                  + " than at the edge"));
      default -> ofOthers(decided).or(() -> open(decided)).or(() -> sufficing(decided));
    };
  }

  /** The observation of other operations that were averaged. */
  private static Optional<ObservationRow> others(HypothesisResult decided) {
    return decided.observations().stream()
        .filter(row -> row.observed().startsWith(OTHERS + ": "))
        .findFirst();
  }

  /** What other operations do, where they are shown to do something. */
  private static Optional<String> ofOthers(HypothesisResult decided) {
    return others(decided)
        .filter(row -> is(row, VerdictAnswer.CAUSE) || is(row, VerdictAnswer.OPPOSITE))
        .map(
            row ->
                Text.of(
                    "%s, and that makes %s (by %.1f logits, %.1f to %.1f%s)",
                    row.observed().substring(OTHERS.length() + 2),
                    costs(row.effect() < 0, decided),
                    Math.abs(row.effect()),
                    Math.min(
                        Math.abs(row.ciLow().orElse(row.effect())),
                        Math.abs(row.ciHigh().orElse(row.effect()))),
                    Math.max(
                        Math.abs(row.ciLow().orElse(row.effect())),
                        Math.abs(row.ciHigh().orElse(row.effect()))),
                    both(decided, Part.OTHERS.label(), Fraction::words)
                        .map(share -> ": " + share + " of " + whole(decided))
                        .orElse("")));
  }

  private static boolean is(ObservationRow row, VerdictAnswer answer) {
    return row.verdict().equals(answer.label());
  }

  /** What is said of operations that know places and were not replaced, or not decided. */
  private static Optional<String> open(HypothesisResult decided) {
    Optional<String> untested =
        decided.observations().stream()
            .map(ObservationRow::observed)
            .filter(name -> name.startsWith(NOT_REPLACED))
            .map(name -> name.substring(NOT_REPLACED.length()) + WHETHER + "was not tested")
            .findFirst();
    return untested.or(
        () ->
            others(decided)
                .filter(row -> !is(row, VerdictAnswer.NOT_THE_CAUSE))
                .map(row -> row.observed().substring(OTHERS.length() + 2))
                .map(text -> text + WHETHER + "is undecided"));
  }

  @Override
  public boolean tellsWithoutVerdict() {
    return true;
  }

  /**
   * The part that suffices: since no other than the two can know a place, what is left in full
   * where one is blind is brought about by the other. That needs no network with both changed,
   * which may hardly answer.
   */
  private static Optional<String> sufficing(HypothesisResult decided) {
    Optional<ObservationRow> differs =
        decided
            .observation(OF_PLACE)
            .filter(row -> Math.abs(row.effect()) > MARGINS * MARGIN)
            .filter(row -> row.pShaffer().orElse(1) <= LEVEL);
    Optional<String> blind =
        ONE_CHANGED.values().stream().filter(name -> isRuledOut(decided, name)).findFirst();
    return differs.flatMap(row -> blind.map(name -> sufficing(name, row.effect() < 0, decided)));
  }

  private static String sufficing(String blind, boolean less, HypothesisResult decided) {
    boolean head = blind.equals(ONE_CHANGED.get(Variant.CIRCULAR));
    return (head ? "the head" : named(Part.PADDING.label(), decided))
        + " suffices to make "
        + costs(less, decided)
        + ": with "
        + (head ? "padding that wraps around" : "a head that is averaged over all places")
        + ", the difference is as large";
  }

  /** The contrast that parts bring about. It may be one of sides, so no shape is named. */
  private static String costs(boolean less, HypothesisResult decided) {
    String how =
        gains(decided) ? "gain " + (less ? "more" : "less") : "cost " + (less ? "less" : "more");
    return "black pixels " + how + " in the middle than at the edge" + unlikeTheFirst(decided);
  }

  /** That the first pixel does the opposite; empty text where it does not. */
  private static String unlikeTheFirst(HypothesisResult decided) {
    return decided
        .observation(FIRST)
        .map(
            row ->
                Text.of(
                    ", on average over the numbers of pixels tried (the first one costs %.1f logits"
                        + " %s in the middle)",
                    Math.abs(row.effect()), row.effect() > 0 ? "more" : "less"))
        .orElse("");
  }

  /** Whether black pixels cost nothing in either place, however many they are. */
  private static boolean gains(HypothesisResult decided) {
    return decided.observation(HIGHEST).filter(row -> row.effect() <= 0).isPresent();
  }

  /**
   * What neither part explains of the contrast, as a share; empty text where its two ways of
   * sharing do not agree.
   *
   * @param of what it is a share of
   */
  private static String unexplained(HypothesisResult decided, String of) {
    return both(decided, Part.REMAINDER.label(), Fraction::rest)
        .map(
            share ->
                "; %s of %s is left where %s made blind to places"
                    .formatted(share, of, others(decided).isPresent() ? "all are" : "both are"))
        .orElse("");
  }

  /** What parts have shares of. */
  private static String whole(HypothesisResult decided) {
    return decided.verdict() == Verdict.OPPOSITE || gains(decided)
        ? "the difference"
        : "the extra cost";
  }

  /** The parts that were not ruled out, where their shares can't be named. */
  private static String unshared(HypothesisResult decided) {
    List<String> left =
        Stream.of(Part.PADDING, Part.HEAD)
            .map(Part::label)
            .filter(part -> !isRuledOut(decided, part))
            .toList();
    String told = tell(left, left.size() > 1 ? " together" : "", decided);
    return disputed(decided, left)
        .map(shares -> told + shares + unexplained(decided, whole(decided)))
        .orElse(told + why(decided, left));
  }

  /** Why nothing is said of each of several parts, where their verdicts are withheld. */
  private static String why(HypothesisResult decided, List<String> parts) {
    boolean withheld = parts.stream().anyMatch(part -> decided.observation(part).isEmpty());
    return withheld && parts.size() > 1
        ? "; how much each contributes is open, since with one of them changed the network"
            + " responds to pixels less than half as strongly"
        : "";
  }

  /** Both shares of each part, where each is narrow by itself and the two do not agree. */
  private static Optional<String> disputed(HypothesisResult decided, List<String> parts) {
    List<String> shares = new ArrayList<>();
    for (String part : parts) {
      borne(decided, part, Fraction::either).ifPresent(either -> shares.add(part + " " + either));
    }
    return shares.size() < parts.size()
        ? Optional.empty()
        : Optional.of(
            " (the two ways to compute shares disagree: " + String.join(", ", shares) + ")");
  }

  private static String tell(Collection<String> parts, String how, HypothesisResult decided) {
    return parts.stream().map(part -> named(part, decided)).collect(Collectors.joining(" and "))
        + how
        + (parts.size() > 1 ? " make " : " makes ")
        + costs(decided.verdict() == Verdict.OPPOSITE, decided);
  }

  /**
   * A part in words; where no layer is padded, windows read the border less often than the rest.
   */
  private static String named(String part, HypothesisResult decided) {
    if (part.equals(Part.HEAD.label())) {
      return "the " + part;
    }
    return decided.observation(PADDED).isPresent() ? "the lack of padding" : part;
  }

  private static boolean isRuledOut(HypothesisResult decided, String name) {
    return decided
        .observation(name)
        .filter(row -> row.verdict().equals(VerdictAnswer.NOT_THE_CAUSE.label()))
        .isPresent();
  }

  /** What is said of both shares of a part; empty where its verdict is withheld. */
  private static Optional<String> borne(
      HypothesisResult decided,
      String part,
      BiFunction<ObservationRow, ObservationRow, Optional<String>> said) {
    return decided.observation(part).flatMap(verdict -> both(decided, part, said));
  }

  /** What is said of a part's share and of that at equal gain, where there are both. */
  private static Optional<String> both(
      HypothesisResult decided,
      String part,
      BiFunction<ObservationRow, ObservationRow, Optional<String>> said) {
    String name = SHARE_OF + part;
    return decided
        .observation(name)
        .flatMap(
            raw ->
                decided.observation(name + AT_EQUAL_GAIN).flatMap(equal -> said.apply(raw, equal)));
  }

  /** Shares in words; empty where one is withheld, or both ways of sharing do not agree on it. */
  private static Optional<Map<String, String>> shares(HypothesisResult decided) {
    Map<String, String> shares = new LinkedHashMap<>();
    for (Part part : List.of(Part.HEAD, Part.PADDING)) {
      Optional<String> fraction = borne(decided, part.label(), Fraction::words);
      if (fraction.isEmpty()) {
        return Optional.empty();
      }
      shares.put(part.label(), fraction.get());
    }
    shares.values().removeIf(Fraction.NONE::equals);
    return shares.isEmpty() ? Optional.empty() : Optional.of(shares);
  }

  private static String told(Map<String, String> shares, HypothesisResult decided) {
    String whole = whole(decided);
    if (shares.size() == 1 && shares.containsValue(Fraction.ALL)) {
      return tell(shares.keySet(), " alone", decided) + unexplained(decided, whole);
    }
    if (shares.size() == 1 && shares.keySet().stream().anyMatch(part -> mayBeAll(decided, part))) {
      return tell(shares.keySet(), "", decided);
    }
    return Text.of(
        "%s (%s of %s: %s)%s",
        tell(shares.keySet(), "", decided),
        shares.size() > 1 ? "their shares" : "its share",
        whole,
        String.join(" and ", shares.values()),
        unexplained(decided, "it"));
  }

  /** Whether the intervals of both shares hold all of it: then no fraction is shown. */
  private static boolean mayBeAll(HypothesisResult decided, String part) {
    return both(
            decided,
            part,
            (raw, equal) ->
                Optional.of(part)
                    .filter(p -> Math.min(Fraction.high(raw), Fraction.high(equal)) >= 1))
        .isPresent();
  }

  /** A share in words, where its interval is narrow enough for them. */
  private static final class Fraction {
    static final String ALL = "all";
    static final String NONE = "none";
    private static final double WIDEST = 0.25;
    private static final double NEAR = 0.05;
    private static final Map<Double, String> WORDS = words();

    private static Map<Double, String> words() {
      Map<Double, String> words = new LinkedHashMap<>();
      words.put(0.0, NONE);
      words.put(0.1, "a tenth");
      words.put(0.2, "a fifth");
      words.put(1 / 3.0, "a third");
      words.put(0.5, "half");
      words.put(2 / 3.0, "two thirds");
      words.put(0.8, "four fifths");
      words.put(0.9, "nine tenths");
      words.put(1.0, ALL);
      return words;
    }

    /** The mean of both in tenths, from none to all; empty where they do not agree. */
    static Optional<String> number(ObservationRow share, ObservationRow atEqualGain) {
      return agree(share, atEqualGain)
          ? Optional.of(Decimals.fixed(within(share, atEqualGain), 1))
          : Optional.empty();
    }

    /** The same, in a word where it is none. */
    static Optional<String> rest(ObservationRow share, ObservationRow atEqualGain) {
      return number(share, atEqualGain)
          .map(tenths -> within(share, atEqualGain) < NEAR ? "nothing" : tenths);
    }

    /** Both in tenths; empty where an interval is too wide. */
    static Optional<String> either(ObservationRow share, ObservationRow atEqualGain) {
      return number(share, share)
          .flatMap(raw -> number(atEqualGain, atEqualGain).map(equal -> raw + " or " + equal));
    }

    private static double within(ObservationRow share, ObservationRow atEqualGain) {
      double mean = (share.effect() + atEqualGain.effect()) / 2;
      return Math.min(1, Math.max(0, mean));
    }

    /** Whether both intervals together are narrow enough for one number. */
    static boolean agree(ObservationRow share, ObservationRow atEqualGain) {
      double low = Math.min(low(share), low(atEqualGain));
      double high = Math.max(high(share), high(atEqualGain));
      // words end at all and none, so beyond them an interval is as narrow as it need be
      return Math.min(1, high) - Math.max(0, low) <= WIDEST && high >= -NEAR;
    }

    /** Empty where both intervals together are too wide for one word. */
    static Optional<String> words(ObservationRow share, ObservationRow atEqualGain) {
      if (!agree(share, atEqualGain)) {
        return Optional.empty();
      }
      double value = within(share, atEqualGain);
      return WORDS.entrySet().stream()
          .min(Comparator.comparingDouble(each -> Math.abs(each.getKey() - value)))
          .map(Map.Entry::getValue);
    }

    private static double low(ObservationRow share) {
      return share.ciLow().orElse(Double.NEGATIVE_INFINITY);
    }

    private static double high(ObservationRow share) {
      return share.ciHigh().orElse(Double.POSITIVE_INFINITY);
    }
  }
}
