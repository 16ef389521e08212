package org.whisker.diagnosis;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.SystematicChange.Effect;
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
import org.whisker.network.PlaceOperation;
import org.whisker.position.DoseResponse;
import org.whisker.random.SplitMix64;

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

  /** Why nothing could be tested on a network that tells the pictures apart by nothing. */
  static final String ONE_LOGIT = "the logit is the same for all pictures, or for all but one";

  private static final String NO_LAYERS = "the layers of a TorchScript module are not known";
  private final Examined examined;
  private final Symptoms symptoms;
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
    this.examined = new Examined(subject, subject.network(), scene, seed, sink, stopped);
    this.symptoms = new Symptoms(examined);
  }

  /**
   * The measures, in the order in which they are made; of other operations only where there are
   * some that no other measure tests, of tokens only where there are some.
   */
  public List<String> measures() {
    Optional<Network> network = examined.network();
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
    examined.next();
    if (isIndifferent()) {
      return EvidenceRow.untested(measure, ONE_LOGIT);
    }
    return switch (measure) {
      case OWN_MAP -> symptoms.ownMap();
      case PLACES -> symptoms.places();
      case DOSE -> symptoms.dose();
      default -> cause(Cause.parse(measure));
    };
  }

  /** Effects are relative to how much the logit differs between pictures, so it must differ. */
  private boolean isIndifferent() throws IOException {
    Optional<Boolean> known = indifferent;
    if (known.isEmpty()) {
      try (Classifier own = examined.subject().open()) {
        known = Optional.of(isIndifferent(own.logits(examined.scene().pictures())));
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
    PhotoCauses photos = new PhotoCauses(examined, symptoms);
    if (cause == Cause.MARK) {
      return photos.mark();
    } else if (cause == Cause.CROP || cause == Cause.MISSED) {
      return photos.unread(cause);
    } else if (examined.network().isEmpty()) {
      return EvidenceRow.untested(cause.label(), NO_LAYERS);
    }
    LayerCauses layers = new LayerCauses(examined, examined.network().get());
    return switch (cause) {
      case UNEVEN -> layers.uneven();
      case HEAD -> layers.head();
      case PADDING -> layers.padding();
      case TOKENS -> layers.tokens();
      case OTHER -> layers.others();
      default -> layers.stride();
    };
  }
}
