package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.PartShares;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.MarkSearch.Group;
import org.whisker.diagnosis.MarkSearch.Mark;
import org.whisker.diagnosis.PaddingEffects.Sides;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.diagnosis.result.MeasureTables.TokenRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.CutPoints;
import org.whisker.network.Network;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.position.DosePlan;
import org.whisker.position.DoseResponse;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;
import org.whisker.stats.ToroidalShift;
import org.whisker.value.Text;

/**
 * The measures of a diagnosis, one by one: symptoms first, then causes. Each draws its pictures
 * from a stream of its own, so that they don't depend on which were made before.
 */
public final class Examination {
  /** The network that is diagnosed, and the same weights in other graphs. Callers close it. */
  public interface Subject {
    /** Opens the network as it is. */
    DifferentiableClassifier open() throws IOException;

    /** The layers of the network; empty if they are not known. */
    Optional<Network> network();

    /** Opens the network in parts, with another graph; only where its layers are known. */
    ActivationClassifier openCut(UnaryOperator<Network> change) throws IOException;

    /**
     * Opens a transformer in parts, where its blocks end.
     *
     * @param alike whether its position embedding is averaged over places
     */
    ActivationClassifier openTokens(boolean alike) throws IOException;

    /**
     * Opens the network with another graph, each logit being the mean over all rolls of the last
     * feature map; only where its layers are known.
     *
     * @throws IllegalArgumentException if the head reads more than that map
     */
    Classifier openAveraged(UnaryOperator<Network> change) throws IOException;
  }

  /** A symptom: the correlation of mean maps in place and moved. */
  public static final String OWN_MAP = "own-map";

  /** A symptom: what it costs to hide a block, by place. */
  public static final String PLACES = "places";

  /** A symptom: black pixels on white, middle less border. */
  public static final String DOSE = "dose";

  private static final String ONE_LOGIT =
      "the logit is the same for all pictures, or for all but one";
  private static final String NO_LAYERS = "the layers of a TorchScript module are not known";
  private static final String NO_MAP = "the head reads more than the last feature map";
  private static final String NOT_AVERAGED = "other operations that know places are a part of it";
  private static final int FEWER = 8;
  private static final int NULL_DRAWS = 999;
  private static final int BATCH = 32;

  /** Pictures, or rolls of each photo, for each one, where a network is small. */
  private static final int MOST_COPIES = 4;

  /**
   * Multiply-adds for all pictures and rolls, of the network and the one that it is compared to.
   */
  private static final long AFFORDED = 400_000_000_000L;

  /** How much more than on average a network looks at a block where a mark may lie. */
  private static final double PEAK = 4;

  /** How much more than in other folders. */
  private static final double APART = 2.5;

  /** An effect of a mark, in its unit, that explains such a block. */
  private static final double SOME = 0.25;

  private static final int ZONES = 3;
  private static final int DOSE_DRAWS = 12;
  private static final double DOSE_SHARE = 0.004;

  private final Subject subject;
  private final Optional<Network> network;
  private final Scene scene;
  private final long seed;
  private final Sink sink;
  private final BooleanSupplier stopped;
  private @Nullable OwnMaps maps;
  private Optional<OwnMaps.ByClass> byClass = Optional.empty();
  private Optional<Boolean> indifferent = Optional.empty();

  /**
   * What the network is shown.
   *
   * @param pictures photos, or pictures that were drawn in their place; of the size of its canvas
   * @param folders photos by folder, where marks are looked for; empty without photos
   * @param isDrawn whether the pictures were drawn, so that more can be
   */
  public record Scene(List<Raster> pictures, List<PhotoFolder> folders, boolean isDrawn) {
    public Scene {
      pictures = List.copyOf(pictures);
      folders = List.copyOf(folders);
      if (pictures.size() < Effect.FEWEST) {
        throw new IllegalArgumentException(
            "a diagnosis needs " + Effect.FEWEST + " pictures, not " + pictures.size());
      }
    }

    /** Fewest photos that a diagnosis can be made by. */
    public static int fewest() {
      return Effect.FEWEST;
    }

    /** Drawn pictures: noise as smooth as photos are. */
    public static List<Raster> drawn(Canvas canvas, int count, long seed) {
      return Scenes.drawn(canvas, count, SplitMix64.stream(seed, "diagnose pictures", 0));
    }
  }

  public record PhotoFolder(String name, List<Raster> photos) {
    public PhotoFolder {
      photos = List.copyOf(photos);
    }
  }

  /** Takes the tables and maps beside the evidence. */
  public interface Sink {
    void layers(List<LayerPaddingRow> rows) throws IOException;

    void operations(List<OperationRow> rows) throws IOException;

    void tokens(List<TokenRow> rows) throws IOException;

    void shifts(List<ShiftRow> rows) throws IOException;

    void unread(List<UnreadRow> rows) throws IOException;

    void marks(List<MarkRow> rows) throws IOException;

    void places(List<PlaceRow> rows) throws IOException;

    void classMaps(List<ClassMapRow> rows) throws IOException;

    void doses(DoseResponse response, RandomGenerator random) throws IOException;

    /** Receives a map over the canvas, row-major. */
    void map(String name, Canvas canvas, double[] values) throws IOException;
  }

  /**
   * An examination.
   *
   * @param seed the seed of all that is drawn
   * @param stopped polled between steps
   */
  public Examination(Subject subject, Scene scene, long seed, Sink sink, BooleanSupplier stopped) {
    this.subject = subject;
    this.network = subject.network();
    this.scene = scene;
    this.seed = seed;
    this.sink = sink;
    this.stopped = stopped;
  }

  /**
   * The measures, in the order in which they are made; of other operations only where there are
   * some that no other measure tests, of tokens only where there are some.
   */
  public List<String> measures() {
    boolean tokens = network.filter(it -> !CutPoints.ofTokens(it).names().isEmpty()).isPresent();
    boolean others = network.filter(it -> !PlaceOperation.untested(it).isEmpty()).isPresent();
    return Stream.concat(Stream.of(OWN_MAP, PLACES, DOSE), Cause.labels().stream())
        .filter(measure -> others || !measure.equals(Cause.OTHER.label()))
        .filter(measure -> tokens || !measure.equals(Cause.TOKENS.label()))
        .toList();
  }

  /** Whether a measure shows that something is tied to places, and not by what. */
  public static boolean isSymptom(String measure) {
    return List.of(OWN_MAP, PLACES, DOSE).contains(measure);
  }

  /**
   * Makes a measure.
   *
   * @throws CancellationException when stopped
   */
  public EvidenceRow measure(String measure) throws IOException {
    next();
    if (isIndifferent()) {
      return EvidenceRow.untested(measure, ONE_LOGIT);
    }
    return switch (measure) {
      case OWN_MAP -> ownMap();
      case PLACES -> places();
      case DOSE -> dose();
      default -> cause(Cause.parse(measure));
    };
  }

  /** Effects are relative to how much the logit differs between pictures, so it must differ. */
  private boolean isIndifferent() throws IOException {
    Optional<Boolean> known = indifferent;
    if (known.isEmpty()) {
      try (Classifier own = subject.open()) {
        known = Optional.of(isIndifferent(own.logits(scene.pictures())));
      }
      indifferent = known;
    }
    return known.get();
  }

  /** Whether all logits but one are the same up to rounding: the jackknife leaves out each one. */
  private static boolean isIndifferent(float[] logits) {
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    float range = Math.min(sorted[last - 1] - sorted[0], sorted[last] - sorted[1]);
    return range <= 8 * Math.ulp(Math.max(Math.abs(sorted[0]), Math.abs(sorted[last])));
  }

  private EvidenceRow cause(Cause cause) throws IOException {
    if (cause == Cause.MARK) {
      return mark();
    } else if (cause == Cause.CROP || cause == Cause.MISSED) {
      return unread(cause);
    } else if (network.isEmpty()) {
      return EvidenceRow.untested(cause.label(), NO_LAYERS);
    }
    Network layers = network.get();
    return switch (cause) {
      case UNEVEN -> uneven(layers);
      case HEAD -> head(layers);
      case PADDING -> padding(layers);
      case TOKENS -> tokens(layers);
      case OTHER -> others(layers);
      default -> stride(layers);
    };
  }

  private void next() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  private SplitMix64 stream(String name) {
    return SplitMix64.stream(seed, "diagnose " + name, 0);
  }

  private List<Raster> rolled() {
    return rolled(scene.pictures(), 1, stream("rolls"));
  }

  /** All pictures, then all of them rolled otherwise. */
  private static List<Raster> rolled(List<Raster> pictures, int copies, SplitMix64 random) {
    List<Raster> rolled = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      pictures.forEach(picture -> rolled.add(Scenes.rolledAway(picture, random)));
    }
    return rolled;
  }

  /** Times as many pictures as there are that a small network is shown. */
  private int copies(Network layers) {
    long cost = 2 * layers.multiplyAdds() * scene.pictures().size();
    return (int) Math.max(1, Math.min(MOST_COPIES, AFFORDED / Math.max(1, cost)));
  }

  /**
   * The pictures of the scene, or more of them where they can be drawn, and the network is small.
   */
  private List<Raster> pictures(Network layers) {
    List<Raster> pictures = scene.pictures();
    return scene.isDrawn()
        ? Scene.drawn(pictures.get(0).canvas(), pictures.size() * copies(layers), seed)
        : pictures;
  }

  private PaddingEffects paddingEffects(Network layers) throws IOException {
    int copies = scene.isDrawn() ? 1 : copies(layers);
    return new PaddingEffects(
        subject, layers, rolled(pictures(layers), copies, stream("rolls")), copies);
  }

  private EvidenceRow row(Cause cause, Effect effect, String where, String note) {
    return row(cause, List.of(effect), where, note);
  }

  /** The first is the largest: it was chosen, so its p is corrected for all of them. */
  private EvidenceRow row(Cause cause, List<Effect> effects, String where, String note) {
    String measure = cause.label();
    Effect effect = effects.get(0);
    Estimate estimate = effect.estimate();
    double above = effects.size() * effect.pAbove(cause.threshold(), stream(measure + " above"));
    double below =
        effects.stream()
            .mapToDouble(each -> each.pBelow(cause.none(), stream(measure + " below")))
            .max()
            .orElseThrow();
    return new EvidenceRow(
        measure,
        OptionalDouble.of(estimate.value()),
        OptionalDouble.of(estimate.interval().low()),
        OptionalDouble.of(estimate.interval().high()),
        OptionalDouble.of(Math.min(1, above)),
        OptionalDouble.of(below),
        effect.pseudo().length,
        where,
        note);
  }

  private static EvidenceRow symptom(
      String measure, Estimate estimate, OptionalDouble p, int pictures, String note) {
    return new EvidenceRow(
        measure,
        OptionalDouble.of(estimate.value()),
        OptionalDouble.of(estimate.interval().low()),
        OptionalDouble.of(estimate.interval().high()),
        p,
        OptionalDouble.empty(),
        pictures,
        "",
        note);
  }

  /** An exact share, without an interval. */
  private EvidenceRow exact(Cause cause, double share, String where, String note) {
    OptionalDouble value = OptionalDouble.of(share);
    OptionalDouble none = OptionalDouble.empty();
    return new EvidenceRow(
        cause.label(), value, value, value, none, none, scene.pictures().size(), where, note);
  }

  private OwnMaps maps() throws IOException {
    OwnMaps known = maps;
    if (known == null) {
      try (DifferentiableClassifier own = subject.open()) {
        known =
            OwnMaps.of(
                own,
                scene.pictures(),
                Scene.drawn(own.canvas(), 2 * FEWER, seed + 1),
                stream("maps"));
      }
      maps = known;
    }
    return known;
  }

  private EvidenceRow ownMap() throws IOException {
    OwnMaps made = maps();
    Canvas canvas = scene.pictures().get(0).canvas();
    sink.map("map-in-place", canvas, made.stillMean());
    sink.map("map-moved", canvas, made.movedMean());
    sink.map("map-noise", canvas, made.noiseMean());
    classMaps(canvas);
    Estimate stays = made.stays().estimate();
    double[] rolled = made.rolled(NULL_DRAWS, stream("rolled maps"));
    double p = ToroidalShift.of(made.stayed(), rolled).p();
    return symptom(
        OWN_MAP,
        stays,
        OptionalDouble.of(p),
        scene.pictures().size(),
        "correlation of the mean map of pictures in place with that of the same pictures, rolled"
            + " and mirrored; p by rolling one of both");
  }

  private void classMaps(Canvas canvas) throws IOException {
    Optional<OwnMaps.ByClass> made = classMaps();
    if (made.isPresent()) {
      sink.classMaps(made.get().rows());
      for (int i = 0; i < made.get().maps().size(); i++) {
        sink.map(ClassMapRow.map(i), canvas, made.get().maps().get(i));
      }
    }
  }

  /** Of so many photos in all as other measures are made on, but of some of each folder. */
  private Optional<OwnMaps.ByClass> classMaps() throws IOException {
    List<PhotoFolder> folders =
        scene.folders().stream().filter(folder -> !folder.photos().isEmpty()).toList();
    if (folders.size() >= 2 && byClass.isEmpty()) {
      next();
      int most = Math.max(FEWER, scene.pictures().size() / folders.size());
      try (DifferentiableClassifier own = subject.open()) {
        byClass = Optional.of(OwnMaps.ByClass.of(own, folders, most));
      }
    }
    return byClass;
  }

  private EvidenceRow places() throws IOException {
    try (Classifier own = subject.open()) {
      PlaceCosts costs = PlaceCosts.of(own, rolled().subList(0, FEWER));
      sink.places(costs.rows());
      return symptom(
          PLACES,
          costs.effect().estimate(),
          OptionalDouble.empty(),
          FEWER,
          "how far the cost of hiding a block differs by its place, in standard deviations of"
              + " that cost over rolled pictures");
    }
  }

  private EvidenceRow dose() throws IOException {
    try (Classifier own = subject.open()) {
      int most = Math.max(2, (int) Math.round(DOSE_SHARE * own.canvas().pixels()));
      DosePlan.Design design =
          new DosePlan.Design(ZONES, List.of(Math.max(1, most / 8), most), DOSE_DRAWS, 1, seed);
      DoseResponse response = PartShares.response(own, design, BATCH, stopped);
      sink.doses(response, stream("dose"));
      double spread = spread(own);
      double[] contrast =
          Arrays.stream(PartShares.contrast(response))
              .map(value -> spread == 0 ? 0 : value / spread)
              .toArray();
      return symptom(
          DOSE,
          new Effect(contrast, false).estimate(),
          OptionalDouble.empty(),
          contrast.length,
          "what black pixels on white cost in the middle above the same number at the border, in"
              + " standard deviations of the logit over pictures");
    }
  }

  private double spread(Classifier own) {
    return SystematicChange.spread(own.logits(scene.pictures()));
  }

  private EvidenceRow unread(Cause cause) throws IOException {
    ReadPixels read = ReadPixels.of(scene.pictures().get(0).canvas(), maps().strongest());
    boolean crop = cause == Cause.CROP;
    List<UnreadRow> bands = new ArrayList<>(crop ? List.of() : read.missed());
    boolean crops = network.flatMap(ReadPixels::cutter).isPresent();
    List<UnreadRow> cut = read.cut(crops);
    boolean leftOver = network.isPresent() && !crops && ReadPixels.areBehind(cut);
    if (leftOver != crop) {
      bands.addAll(cut);
    }
    if (crop) {
      sink.unread(read.bands());
    }
    if (bands.isEmpty()) {
      return network
          .filter(layers -> !crop)
          .flatMap(ReadPixels::skipped)
          .map(this::skipped)
          .orElseGet(() -> exact(cause, 0, "", ""));
    }
    try (Classifier own = subject.open()) {
      if (!read.isConfirmed(own, scene.pictures().subList(0, FEWER))) {
        return exact(cause, 0, "", "derivatives are 0 there, but the logits change");
      }
    }
    String layer =
        network
            .flatMap(
                layers ->
                    crop
                        ? ReadPixels.cutter(layers)
                        : ReadPixels.skipped(layers).map(ReadPixels.Skipped::layer))
            .map(name -> "layer " + name + ", ")
            .orElse("");
    return exact(cause, read.share(bands), layer + ReadPixels.text(bands), "");
  }

  /** All pixels are read, but a part of a map behind them is not. */
  private EvidenceRow skipped(ReadPixels.Skipped skipped) {
    return exact(
        Cause.MISSED,
        skipped.share(),
        Text.of(
            "layer %s, which leaves out %.0f %% of its map",
            skipped.layer(), 100 * skipped.share()),
        "");
  }

  private EvidenceRow mark() throws IOException {
    List<Group> groups =
        scene.folders().stream().map(folder -> new Group(folder.name(), folder.photos())).toList();
    if (groups.isEmpty()) {
      return EvidenceRow.untested(Cause.MARK.label(), CauseRow.NO_PHOTOS);
    }
    if (groups.stream().noneMatch(group -> group.photos().size() >= Effect.FEWEST)) {
      return EvidenceRow.untested(Cause.MARK.label(), "no folder has " + Effect.FEWEST + " photos");
    }
    try (Classifier own = subject.open()) {
      MarkSearch search = new MarkSearch(own);
      List<Mark> marks = search.of(groups);
      sink.marks(marks.stream().map(Mark::row).toList());
      Optional<EvidenceRow> peak = peak(search, groups, marks);
      if (peak.isPresent()) {
        return peak.get();
      } else if (marks.isEmpty()) {
        return exact(Cause.MARK, 0, "", "no part near the border is alike in the photos");
      }
      Mark first = marks.get(0);
      return row(
          Cause.MARK,
          marks.stream().map(Mark::effect).toList(),
          "photos of " + first.group().name() + ", " + text(first.row()) + more(marks),
          "");
    }
  }

  /**
   * The block of photos that the network looks at far more than at that of other folders, where no
   * mark was found that does much. What lies there may be what the photos are of, so that neither
   * verdict is shown. Empty where there is no such block.
   */
  private Optional<EvidenceRow> peak(MarkSearch search, List<Group> groups, List<Mark> marks)
      throws IOException {
    Optional<OwnMaps.ByClass> maps = classMaps();
    if (maps.isEmpty()
        || marks.stream().anyMatch(mark -> mark.effect().estimate().value() >= SOME)) {
      return Optional.empty();
    }
    List<ClassMapRow> rows = maps.get().rows();
    return IntStream.range(0, rows.size())
        .filter(i -> maps.get().medians().get(i) >= PEAK / 2)
        .mapToObj(rows::get)
        .filter(row -> row.peak() >= PEAK && row.peak() >= APART * row.others())
        .max(Comparator.comparingDouble(row -> row.peak() / row.others()))
        .map(row -> peak(search.at(groups, row), row));
  }

  private EvidenceRow peak(Mark mark, ClassMapRow row) {
    return undecided(
        row(Cause.MARK, mark.effect(), "", ""),
        Text.of(
            "in photos of %s the network looks at %s %.1f times as much as on average, in others"
                + " %.1f times; look what lies there",
            row.group(), text(mark.row()), row.peak(), row.others()));
  }

  /** How many other places of these photos have a mark that does as much as makes it a cause. */
  private static String more(List<Mark> marks) {
    String group = marks.get(0).group().name();
    long more =
        marks.stream()
            .skip(1)
            .filter(mark -> mark.group().name().equals(group))
            .filter(mark -> mark.effect().estimate().value() > Cause.MARK.threshold())
            .count();
    return more == 0 ? "" : " and " + more + " more";
  }

  private static String text(MarkRow mark) {
    return "columns "
        + mark.left()
        + " to "
        + (mark.left() + mark.width() - 1)
        + ", rows "
        + mark.top()
        + " to "
        + (mark.top() + mark.height() - 1);
  }

  private EvidenceRow uneven(Network layers) throws IOException {
    Map<String, Sides> uneven = PaddingEffects.uneven(layers);
    if (uneven.isEmpty()) {
      return exact(Cause.UNEVEN, 0, "", "no layer reads more zeros on one side than on the other");
    }
    Estimate effect = paddingEffects(layers).uneven(uneven).effect().estimate();
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
        scene.pictures().size(),
        (uneven.size() == 1 ? "layer " : "layers ")
            + where
            + (uneven.size() > 3 ? " and others" : ""),
        Text.of(
            "effect %.2f (%.2f to %.2f) standard deviations",
            effect.value(), effect.interval().low(), effect.interval().high()));
  }

  private EvidenceRow head(Network layers) throws IOException {
    Optional<Effect> cut =
        CutPoints.isHeadCut(layers)
            ? HeadEffect.of(subject, layers, pictures(layers))
            : Optional.empty();
    List<PlaceOperation> heads = PlaceOperation.heads(layers);
    if (cut.isPresent()) {
      return row(Cause.HEAD, cut.get(), headOf(layers), "");
    } else if (heads.isEmpty()) {
      return exact(Cause.HEAD, 0, "", "nothing behind the maps has weights for each position");
    }
    Effect all = new OperationEffects(subject, layers, pictures(layers)).together(heads);
    String where = heads.stream().map(PlaceOperation::layer).collect(Collectors.joining("; "));
    return row(Cause.HEAD, all, (heads.size() == 1 ? "layer " : "layers ") + where, "");
  }

  private static String headOf(Network layers) {
    int last = layers.headMap();
    return layers.nodes().stream()
        .filter(node -> node.inputs().contains(last))
        .map(Network.Node::name)
        .findFirst()
        .map(name -> "layer " + name)
        .orElse("");
  }

  private EvidenceRow padding(Network layers) throws IOException {
    Set<String> padded = PaddingEffects.wrapping(layers);
    if (padded.isEmpty()) {
      return exact(Cause.PADDING, 0, "", "no layer is padded with values of its own");
    }
    PaddingEffects effects = paddingEffects(layers);
    Effect all = effects.all().effect();
    boolean matters = all.estimate().interval().high() > Cause.PADDING.threshold();
    List<LayerPaddingRow> rows = matters ? effects.byLayerAndSide(FEWER, this::next) : List.of();
    sink.layers(rows);
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
    return row(Cause.PADDING, all, most, "");
  }

  private EvidenceRow stride(Network layers) throws IOException {
    List<Raster> all = pictures(layers);
    List<Raster> pictures = all.subList(0, Math.min(all.size(), 2 * FEWER * copies(layers)));
    List<ShiftRow> rows = new ArrayList<>();
    try (Classifier own = subject.open()) {
      shifted(ShiftRow.OWN, own, layers, pictures, rows);
    }
    next();
    Optional<Classifier> torus = ShiftLoss.torus(subject, layers);
    if (torus.isEmpty()) {
      sink.shifts(rows);
      return EvidenceRow.untested(Cause.STRIDE.label(), NO_MAP);
    }
    try (Classifier blind = torus.get()) {
      Effect effect = shifted(ShiftRow.TORUS, blind, layers, pictures, rows);
      sink.shifts(rows);
      EvidenceRow row = row(Cause.STRIDE, effect, "", "");
      return ShiftLoss.unexplained(layers, rows, () -> blind.logits(pictures))
          .map(shift -> undecided(row, unexplained(shift)))
          .orElseGet(() -> ShiftLoss.isBlind(layers) ? row : notFound(row, NOT_AVERAGED));
    }
  }

  private static String unexplained(ShiftRow shift) {
    return Text.of(
        "on a torus a shift by whole strides, %d pixels, still changes the logit by %.2f (%.2f to"
            + " %.2f), so something other than padding, head and strides knows places",
        shift.shift(), shift.change(), shift.ciLow(), shift.ciHigh());
  }

  /** The same estimate, of which neither verdict is shown. */
  private static EvidenceRow undecided(EvidenceRow row, String why) {
    return changed(row, OptionalDouble.of(1), OptionalDouble.of(1), why);
  }

  private static EvidenceRow changed(
      EvidenceRow row, OptionalDouble above, OptionalDouble below, String why) {
    return new EvidenceRow(
        row.measure(),
        row.estimate(),
        row.ciLow(),
        row.ciHigh(),
        above,
        below,
        row.pictures(),
        row.where(),
        why);
  }

  private EvidenceRow tokens(Network layers) throws IOException {
    if (CutPoints.ofTokens(layers).names().isEmpty()) {
      return exact(Cause.TOKENS, 0, "", "there are no blocks of attention");
    }
    OutlyingTokens tokens =
        new OutlyingTokens(subject, layers, scene.pictures(), stream(Cause.TOKENS.label()));
    List<OutlyingTokens.AtLayer> all = tokens.layers(this::next);
    sink.tokens(all.stream().flatMap(each -> each.rows().stream()).toList());
    List<OutlyingTokens.AtLayer> first = OutlyingTokens.firstOfEach(all);
    if (first.isEmpty()) {
      return exact(Cause.TOKENS, 0, "", OutlyingTokens.noneFixed(all));
    }
    OutlyingTokens.AtLayer most = first.get(0);
    String where =
        "layer "
            + most.layer()
            + ", rows and columns of tokens "
            + most.rows().get(0).places()
            + (tokens.isOfEmbedding(most) ? Diagnosis.OF_EMBEDDING : "");
    return row(
        Cause.TOKENS, first.stream().flatMap(each -> each.effect().stream()).toList(), where, "");
  }

  /** Those that can't be rolled are named, and forbid none. */
  private EvidenceRow others(Network layers) throws IOException {
    List<PlaceOperation> all = PlaceOperation.untested(layers);
    if (all.isEmpty()) {
      return exact(Cause.OTHER, 0, "", "there is none");
    }
    List<PlaceOperation> rolled = PlaceChange.rollable(layers, all);
    List<PlaceOperation> left = all.stream().filter(each -> !rolled.contains(each)).toList();
    if (rolled.isEmpty()) {
      return EvidenceRow.untested(Cause.OTHER.label(), PlaceOperation.text(left));
    }
    OperationEffects effects = new OperationEffects(subject, layers, pictures(layers));
    OperationEffects.Each together = new OperationEffects.Each(rolled, effects.together(rolled));
    List<OperationEffects.Each> alone = effects.alone(rolled, this::next);
    sink.operations(alone.stream().map(OperationEffects.Each::row).toList());
    List<Effect> each =
        (alone.size() == 1
                ? Stream.of(together)
                : Stream.concat(Stream.of(together), alone.stream()))
            .sorted(Comparator.comparingDouble(OperationEffects.Each::size).reversed())
            .map(OperationEffects.Each::effect)
            .toList();
    EvidenceRow row = row(Cause.OTHER, each, where(alone), "");
    return left.isEmpty()
        ? row
        : notNone(row, PlaceOperation.text(left) + ", which was not tested");
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

  /** The same estimate, which may be another's. */
  private static EvidenceRow notFound(EvidenceRow row, String why) {
    return changed(row, OptionalDouble.of(1), row.pBelow(), why);
  }

  /** The same estimate, of which it is not shown that there is none. */
  private static EvidenceRow notNone(EvidenceRow row, String why) {
    return changed(row, row.pAbove(), OptionalDouble.of(1), why);
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
    List<Raster> half = pictures.subList(0, Math.max(FEWER, pictures.size() / 2));
    double[][] far = ShiftLoss.logits(classifier, half, further);
    rows.addAll(ShiftLoss.rows(which, far, further, stride));
    return ShiftLoss.together(near);
  }
}
