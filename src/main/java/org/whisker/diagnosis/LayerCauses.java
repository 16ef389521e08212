package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.PaddingEffects.Sides;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.image.Raster;
import org.whisker.network.CutPoints;
import org.whisker.network.Network;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.stats.Estimate;
import org.whisker.value.Text;

/** What in the layers of a network knows places. */
record LayerCauses(Examined examined, Network layers) {
  private static final String NO_MAP = "the head reads more than the last feature map";
  private static final String NOT_AVERAGED = "other operations that know places are a part of it";

  /** Pictures, or rolls of each photo, for each one, where a network is small. */
  private static final int MOST_COPIES = 4;

  /**
   * Multiply-adds for all pictures and rolls, of the network and the one that it is compared to.
   */
  private static final long AFFORDED = 400_000_000_000L;

  EvidenceRow uneven() throws IOException {
    Map<String, Sides> uneven = PaddingEffects.uneven(layers);
    if (uneven.isEmpty()) {
      return examined.exact(
          Cause.UNEVEN, 0, "", "no layer reads more zeros on one side than on the other");
    }
    Estimate effect = paddingEffects().uneven(uneven).effect().estimate();
    String where =
        uneven.entrySet().stream()
            .limit(3)
            .map(layer -> layer.getKey() + ": " + layer.getValue())
            .collect(Collectors.joining("; "));
    OptionalDouble none = OptionalDouble.empty();
    return new EvidenceRow(
        Cause.UNEVEN.label(),
        OptionalDouble.of(effect.value()),
        OptionalDouble.of(effect.interval().low()),
        OptionalDouble.of(effect.interval().high()),
        none,
        none,
        examined.scene().pictures().size(),
        (uneven.size() == 1 ? "layer " : "layers ")
            + where
            + (uneven.size() > 3 ? " and others" : ""),
        Text.of(
            "effect %.2f (%.2f to %.2f) standard deviations",
            effect.value(), effect.interval().low(), effect.interval().high()));
  }

  EvidenceRow head() throws IOException {
    Optional<Effect> cut =
        CutPoints.isHeadCut(layers)
            ? HeadEffect.of(examined.subject(), layers, pictures())
            : Optional.empty();
    List<PlaceOperation> heads = PlaceOperation.heads(layers);
    if (cut.isPresent()) {
      return examined.row(Cause.HEAD, cut.get(), headOf(), "");
    } else if (heads.isEmpty()) {
      return examined.exact(
          Cause.HEAD, 0, "", "nothing behind the maps has weights for each position");
    }
    Effect all = new OperationEffects(examined.subject(), layers, pictures()).together(heads);
    String where = heads.stream().map(PlaceOperation::layer).collect(Collectors.joining("; "));
    return examined.row(Cause.HEAD, all, (heads.size() == 1 ? "layer " : "layers ") + where, "");
  }

  private String headOf() {
    int last = layers.headMap();
    return layers.nodes().stream()
        .filter(node -> node.inputs().contains(last))
        .map(Network.Node::name)
        .findFirst()
        .map(name -> "layer " + name)
        .orElse("");
  }

  EvidenceRow padding() throws IOException {
    Set<String> padded = PaddingEffects.wrapping(layers);
    if (padded.isEmpty()) {
      return examined.exact(Cause.PADDING, 0, "", "no layer is padded with values of its own");
    }
    PaddingEffects effects = paddingEffects();
    Effect all = effects.all().effect();
    boolean matters = all.estimate().interval().high() > Cause.PADDING.threshold();
    List<LayerPaddingRow> rows =
        matters ? effects.byLayerAndSide(Examined.FEWER, examined::next) : List.of();
    examined.sink().layers(rows);
    String most =
        rows.stream()
            .filter(row -> row.side().equals(LayerPaddingRow.ALL_SIDES))
            .findFirst()
            .stream()
            .map(
                row ->
                    (row.values().equals(PaddingEffects.LEFT_OUT) ? "a pooling's" : row.values())
                        + " padding"
                        + Diagnosis.MOST
                        + row.layer())
            .collect(Collectors.joining());
    return examined.row(Cause.PADDING, all, most, "");
  }

  /** Times as many pictures as there are that a small network is shown. */
  private int copies() {
    long cost = 2 * layers.multiplyAdds() * examined.scene().pictures().size();
    return (int) Math.max(1, Math.min(MOST_COPIES, AFFORDED / Math.max(1, cost)));
  }

  /**
   * The pictures of the scene, or more of them where they can be drawn, and the network is small.
   */
  private List<Raster> pictures() {
    List<Raster> pictures = examined.scene().pictures();
    return examined.scene().isDrawn()
        ? Scene.drawn(pictures.get(0).canvas(), pictures.size() * copies(), examined.seed())
        : pictures;
  }

  private PaddingEffects paddingEffects() throws IOException {
    int copies = examined.scene().isDrawn() ? 1 : copies();
    return new PaddingEffects(
        examined.subject(),
        layers,
        Examined.rolled(pictures(), copies, examined.stream("rolls")),
        copies);
  }

  EvidenceRow stride() throws IOException {
    List<Raster> all = pictures();
    List<Raster> pictures = all.subList(0, Math.min(all.size(), 2 * Examined.FEWER * copies()));
    List<ShiftRow> rows = new ArrayList<>();
    try (Classifier own = examined.subject().open()) {
      shifted(ShiftRow.OWN, own, layers, pictures, rows);
    }
    examined.next();
    Optional<Classifier> torus = ShiftLoss.torus(examined.subject(), layers);
    if (torus.isEmpty()) {
      examined.sink().shifts(rows);
      return EvidenceRow.untested(Cause.STRIDE.label(), NO_MAP);
    }
    try (Classifier blind = torus.get()) {
      Effect effect = shifted(ShiftRow.TORUS, blind, layers, pictures, rows);
      examined.sink().shifts(rows);
      EvidenceRow row = examined.row(Cause.STRIDE, effect, "", "");
      return ShiftLoss.unexplained(layers, rows, () -> blind.logits(pictures))
          .map(shift -> Examined.undecided(row, unexplained(shift)))
          .orElseGet(() -> ShiftLoss.isBlind(layers) ? row : Examined.notFound(row, NOT_AVERAGED));
    }
  }

  private static String unexplained(ShiftRow shift) {
    return Text.of(
        "on a torus a shift by whole strides, %d pixels, still changes the logit by %.2f (%.2f to"
            + " %.2f), so something other than padding, head and strides knows places",
        shift.shift(), shift.change(), shift.ciLow(), shift.ciHigh());
  }

  EvidenceRow tokens() throws IOException {
    if (CutPoints.ofTokens(layers).names().isEmpty()) {
      return examined.exact(Cause.TOKENS, 0, "", "there are no blocks of attention");
    }
    OutlyingTokens tokens =
        new OutlyingTokens(
            examined.subject(),
            layers,
            examined.scene().pictures(),
            examined.stream(Cause.TOKENS.label()));
    List<OutlyingTokens.AtLayer> all = tokens.layers(examined::next);
    examined.sink().tokens(all.stream().flatMap(each -> each.rows().stream()).toList());
    List<OutlyingTokens.AtLayer> first = OutlyingTokens.firstOfEach(all);
    if (first.isEmpty()) {
      return examined.exact(Cause.TOKENS, 0, "", OutlyingTokens.noneFixed(all));
    }
    OutlyingTokens.AtLayer most = first.get(0);
    String where =
        "layer "
            + most.layer()
            + ", rows and columns of tokens "
            + most.rows().get(0).places()
            + (tokens.isOfEmbedding(most) ? Diagnosis.OF_EMBEDDING : "");
    return examined.row(
        Cause.TOKENS, first.stream().flatMap(each -> each.effect().stream()).toList(), where, "");
  }

  /** Those that can't be rolled are named, and forbid none. */
  EvidenceRow others() throws IOException {
    List<PlaceOperation> all = PlaceOperation.untested(layers);
    if (all.isEmpty()) {
      return examined.exact(Cause.OTHER, 0, "", "there is none");
    }
    List<PlaceOperation> rolled = PlaceChange.rollable(layers, all);
    List<PlaceOperation> left = all.stream().filter(each -> !rolled.contains(each)).toList();
    if (rolled.isEmpty()) {
      return EvidenceRow.untested(Cause.OTHER.label(), PlaceOperation.text(left));
    }
    OperationEffects effects = new OperationEffects(examined.subject(), layers, pictures());
    OperationEffects.Each together = new OperationEffects.Each(rolled, effects.together(rolled));
    List<OperationEffects.Each> alone = effects.alone(rolled, examined::next);
    examined.sink().operations(alone.stream().map(OperationEffects.Each::row).toList());
    List<Effect> each =
        (alone.size() == 1
                ? Stream.of(together)
                : Stream.concat(Stream.of(together), alone.stream()))
            .sorted(Comparator.comparingDouble(OperationEffects.Each::size).reversed())
            .map(OperationEffects.Each::effect)
            .toList();
    EvidenceRow row = examined.row(Cause.OTHER, each, where(alone), "");
    return left.isEmpty()
        ? row
        : Examined.notNone(row, PlaceOperation.text(left) + ", which was not tested");
  }

  /** The operations that do enough to be a cause, or the first. */
  private static String where(List<OperationEffects.Each> alone) {
    List<OperationRow> rows =
        alone.stream()
            .map(OperationEffects.Each::row)
            .filter(row -> row.effect() >= Math.min(Cause.OTHER.threshold(), alone.get(0).size()))
            .toList();
    return (rows.size() == 1 && !rows.get(0).layer().contains(";") ? "layer " : "layers ")
        + rows.stream().map(OperationRow::layer).collect(Collectors.joining("; "))
        + ", which "
        + rows.stream().map(OperationRow::does).distinct().collect(Collectors.joining(", "))
        + ": "
        + rows.stream()
            .map(row -> Text.of("%.2f (%.2f to %.2f)", row.effect(), row.ciLow(), row.ciHigh()))
            .collect(Collectors.joining("; "));
  }

  /** Adds a row for each shift, and returns the loss by the small ones; half tell of the others. */
  private static Effect shifted(
      String which,
      Classifier classifier,
      Network layers,
      List<Raster> pictures,
      List<ShiftRow> rows) {
    int side = pictures.get(0).canvas().width();
    int stride = ShiftLoss.stride(layers, side);
    List<Integer> small = ShiftLoss.small(side);
    double[][] near = ShiftLoss.logits(classifier, pictures, small);
    rows.addAll(ShiftLoss.rows(which, near, small, stride));
    List<Integer> further = ShiftLoss.further(stride, side);
    List<Raster> half = pictures.subList(0, Math.max(Examined.FEWER, pictures.size() / 2));
    double[][] far = ShiftLoss.logits(classifier, half, further);
    rows.addAll(ShiftLoss.rows(which, far, further, stride));
    return ShiftLoss.together(near);
  }
}
