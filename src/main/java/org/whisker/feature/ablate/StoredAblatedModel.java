package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.ModelVariant.PaddedPlace;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.Surrogate;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.io.ClassWords;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.job.Workers;
import org.whisker.job.input.PictureSize;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.CutPoints;
import org.whisker.network.Network;
import org.whisker.network.PathCounts;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.network.PlacedMaps;
import org.whisker.network.TokenPlaces;
import org.whisker.network.UnitField;
import org.whisker.network.Window.Padding;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeMap.Probing;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Checks;

/**
 * A model of the store, in the variants that experiments ask for.
 *
 * @param settings the settings of all that is reported
 * @param search the precision in which searches score
 * @param retrained networks that are trained anew for it; empty when there are no photos for that
 * @param probes what it has been probed for already
 */
public record StoredAblatedModel(
    StoredModel stored,
    TorchClassifier.Settings settings,
    Precision search,
    Optional<RetrainedNetworks> retrained,
    KeptProbes probes)
    implements AblatedModel {
  /** The two small models that come with whisker, which experiments take unless told. */
  public static final List<String> SMALL = List.of("vgg16-mini", "inception-resnet-v2-mini");

  /** Creates a model for which no network is trained, and which searches ask as all else does. */
  public StoredAblatedModel(StoredModel stored, TorchClassifier.Settings settings) {
    this(stored, settings, settings.precision(), Optional.empty(), KeptProbes.inMemory());
  }

  /** The entry of manifests with the precision of searches. */
  public static final String SEARCH = "search_precision";

  /** Padded layers that are looked at one by one; of more, their stages are. */
  private static final int MOST_LAYERS = 20;

  private static final String NO_PHOTOS =
      "its networks are to be trained; name photos by --data DIR (train/, val/ and test/, each with"
          + " cat/ and not_cat/)";

  @Override
  public String name() {
    return card().name();
  }

  /** The workers that score by these models, which are on one device. */
  public static Workers workers(List<StoredAblatedModel> models) throws IOException {
    return models.isEmpty()
        ? Workers.single()
        : Workers.of(
            models.stream().map(StoredAblatedModel::stored).toList(),
            models.get(0).settings().device());
  }

  /**
   * Refuses two models of one name, whose tables and runs would be mixed.
   *
   * @throws InvalidRequestException if there are
   */
  public static void requireOwnNames(List<StoredModel> models) {
    long different = models.stream().map(model -> model.card().name()).distinct().count();
    InvalidRequestException.refuse(
        different < models.size(), "--model names two models of one name");
  }

  /** The beginning of the manifest of a command that does experiments on these, at least one. */
  public static Map<String, Object> manifest(
      String command, JobContext context, List<StoredAblatedModel> models) {
    StoredAblatedModel any = models.get(0);
    Map<String, Object> content = Provenance.manifest(command, context, any.card(), any.settings());
    content.remove("model");
    any.putSearch(content);
    Map<String, String> hashes = new LinkedHashMap<>();
    models.forEach(model -> hashes.put(model.name(), model.card().weights().sha256()));
    content.put("models", hashes);
    String target = ClassWords.ofAll(classes(models)).name();
    if (!target.isEmpty()) {
      content.put(ClassWords.CLASS, target);
    }
    return content;
  }

  /** The classes that they are asked for; "" is cat. */
  private static Set<String> classes(List<StoredAblatedModel> models) {
    return models.stream()
        .map(model -> model.card().output())
        .map(output -> output.isOfCat() ? "" : output.target())
        .collect(Collectors.toSet());
  }

  /** Returns this model with networks that are trained in an output folder. */
  public StoredAblatedModel in(Path out) {
    return new StoredAblatedModel(stored, settings, search, retrained.map(n -> n.in(out)), probes);
  }

  private ModelCard card() {
    return stored.card();
  }

  @Override
  public Canvas canvas() {
    return card().input().canvas();
  }

  @Override
  public String padding() {
    return card().paddingLabel();
  }

  /** What comes out as 0 once it is preprocessed, cut to what a picture can show. */
  @Override
  public float paddingGray() {
    List<Float> mean = card().preprocessing().mean();
    double sum = mean.stream().mapToDouble(Float::doubleValue).sum();
    return (float) Math.min(1, Math.max(0, sum / mean.size()));
  }

  @Override
  public OptionalInt stride() {
    if (card().isModule()) {
      return OptionalInt.empty();
    }
    Network network = Networks.of(card());
    int at = PlacedMaps.of(network).last().orElse(network.lastFeatureMap());
    UnitField last = UnitField.of(network).get(at);
    return OptionalInt.of((int) Math.round(Math.max(last.rows().jump(), last.columns().jump())));
  }

  @Override
  public Optional<double[]> paths() {
    if (card().isModule()) {
      return Optional.empty();
    }
    Network network = Networks.of(card());
    int last = network.lastFeatureMap();
    return PathCounts.refusal(network, last).isPresent()
        ? Optional.empty()
        : Optional.of(PathCounts.of(network, last).relative());
  }

  @Override
  public List<PaddedPlace> paddedPlaces() {
    if (card().isModule()) {
      return List.of();
    }
    Network network = Networks.of(card());
    List<String> layers = CircularPadding.paddedLayers(network);
    boolean few = layers.size() <= MOST_LAYERS;
    return (few ? layers : CircularPadding.paddedStages(network))
        .stream().map(name -> new PaddedPlace(name, few)).toList();
  }

  @Override
  public List<OtherOperation> otherOperations() {
    if (card().isModule()) {
      return List.of();
    }
    Network network = Networks.of(card());
    List<PlaceOperation> others = PlaceOperation.untested(network);
    Set<PlaceOperation> averaged = Set.copyOf(PlaceChange.averageable(network, others));
    if (!PlacedMaps.attends(network)) {
      return others.stream().map(each -> other(each, averaged.contains(each), false)).toList();
    }
    TokenPlaces places = TokenPlaces.of(network);
    return others.stream()
        .filter(each -> !places.isAlike(each))
        .map(
            each ->
                other(
                    each,
                    averaged.contains(each) || places.isAveraged(each.position()),
                    places.isPermuted(each.position())))
        .toList();
  }

  private static OtherOperation other(PlaceOperation of, boolean averaged, boolean permuted) {
    boolean wholly = averaged && of.kind() != PlaceOperation.Kind.CROP;
    return new OtherOperation(of.layer(), of.does(), averaged, wholly, permuted);
  }

  private PictureSize size() {
    return new PictureSize(canvas(), card().planes(), true);
  }

  /** Reads some of the photos that its networks are tested on, in colour if it sees colours. */
  @Override
  public List<Photo> photos() {
    return retrained
        .map(networks -> testPhotos(networks.retraining().photos().folder(), size()))
        .orElse(List.of());
  }

  @Override
  public boolean canBeCut() {
    return !card().isModule() && !CutPoints.of(Networks.of(card())).positions().isEmpty();
  }

  @Override
  public ActivationClassifier openCut() {
    try {
      return Classifiers.openCut(stored, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean sameWeights(Retrained one, Retrained other) {
    return weights(one).equals(weights(other));
  }

  private String weights(Retrained network) {
    try {
      return retrained.orElseThrow().find(network).orElseThrow().weights().sha256();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean lockStep() {
    return true;
  }

  @Override
  public boolean differentiable() {
    return true;
  }

  @Override
  public String regime() {
    return retrained.map(n -> n.retraining().regime()).orElse(AblationSetting.NO_PHOTOS);
  }

  @Override
  public boolean fineTuned() {
    return retrained.map(n -> n.retraining().own().tuning().isPresent()).orElse(false);
  }

  /**
   * The name of whatever its searches depend on besides their options: the model's, and a hash of
   * twelve digits.
   */
  String owner() {
    return named(scores() + (searchesApart() ? " searched in " + search.label() : ""));
  }

  /** The name of whatever its scores depend on: the model's, and a hash of twelve digits. */
  public String scored() {
    return named(scores());
  }

  private String named(String what) {
    return name() + "-" + Sha256.ofText(what).substring(0, 12);
  }

  private String scores() {
    return String.join(
        " ",
        card().weights().sha256(),
        card().preprocessing().toString(),
        padding(),
        settings.device().label(),
        settings.precision().label(),
        Integer.toString(settings.batch()));
  }

  /** Says in a manifest in which precision searches score, where that is another. */
  public void putSearch(Map<String, Object> manifest) {
    if (searchesApart()) {
      manifest.put(SEARCH, search.label());
    }
  }

  /** Whether searches score in another precision than what is reported. */
  public boolean searchesApart() {
    return search != settings.precision();
  }

  @Override
  public ProbeMap probe(int batch, IntConsumer progress, BooleanSupplier stopped) {
    return probes.of(
        this,
        (probing, measured) ->
            finished(
                probing,
                batch,
                done -> {
                  measured.run();
                  progress.accept(done);
                },
                stopped));
  }

  private ProbeMap finished(
      Probing probing, int batch, IntConsumer progress, BooleanSupplier stopped) {
    try (Classifier network = open(new ModelVariant.AsStored())) {
      return probing
          .finish(network, batch, progress, stopped)
          .orElseThrow(() -> new CancellationException("stopped while probing"));
    }
  }

  @Override
  public MovedPatterns moved(List<BlackPixels> images, Supplier<MovedPatterns> scored) {
    return probes.moved(this, images, scored);
  }

  @Override
  public float[] logits(List<BlackPixels> images, Supplier<float[]> scored) {
    return probes.logits(this, images, scored);
  }

  @Override
  public Optional<String> refusal(ModelVariant variant) {
    if (variant instanceof ModelVariant.Fitted) {
      return Optional.empty(); // it only asks for scores
    }
    if (!(variant instanceof ModelVariant.AsStored) && card().isModule()) {
      return Optional.of(name() + " is a TorchScript module, whose layers are not known");
    }
    if (variant instanceof ModelVariant.Retrained network) {
      return retrained.isPresent()
          ? retrained.get().retraining().refusal(network)
          : TrainingRecipe.refusal(card(), true)
              .or(() -> TrainingRecipe.refusal(card(), false))
              .or(() -> Optional.of(NO_PHOTOS));
    }
    try {
      changed(variant);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(FailureMessage.describe(e).replaceFirst("^[A-Za-z]+: ", ""));
    }
  }

  /** Changes the network's layers as it would be for this, or throws. */
  private void changed(ModelVariant variant) {
    if (variant instanceof ModelVariant.OtherPadding other) {
      Network own = Networks.of(card());
      Checks.refuse(CircularPadding.paddedLayers(own).isEmpty(), "no layer of %s pads", name());
      own.withPadding(Padding.parse(other.padding()));
    } else if (variant instanceof ModelVariant.Blind blind) {
      Network own = Networks.of(card());
      Network network = blind.padding() ? CircularPadding.everywhere(own) : own;
      List<PlaceOperation> heads = PlaceOperation.heads(own);
      boolean averages =
          PlaceChange.averageable(own, heads).size() == heads.size()
              && (heads.isEmpty() || !PlacedMaps.attends(own));
      if (blind.head() && !CutPoints.isHeadCut(network) && !averages) {
        throw new IllegalArgumentException(CutPoints.NO_HEAD);
      }
    } else if (variant instanceof ModelVariant.CircularIn part) {
      circular(Networks.of(card()), part);
    }
  }

  private static Network circular(Network network, ModelVariant.CircularIn part) {
    Optional<PaddedPlace> place = part.place();
    return place.isPresent() && place.get().layer()
        ? CircularPadding.inLayers(network, Set.of(place.get().name()), sides(part))
        : CircularPadding.in(network, place.map(PaddedPlace::name), sides(part));
  }

  private static Set<Side> sides(ModelVariant.CircularIn part) {
    return part.side()
        .map(side -> EnumSet.of(Side.parse(side)))
        .orElseGet(() -> EnumSet.allOf(Side.class));
  }

  @Override
  public Classifier open(ModelVariant variant) {
    return variant instanceof ModelVariant.Fitted fitted
        ? Surrogate.of(this, fitted.kind(), fitted.seed())
        : open(variant, settings);
  }

  @Override
  public Optional<Classifier> openToSearch(ModelVariant variant) {
    return searchesApart() && !(variant instanceof ModelVariant.Fitted)
        ? Optional.of(open(variant, settings.in(search)))
        : Optional.empty();
  }

  private Classifier open(ModelVariant variant, TorchClassifier.Settings how) {
    try {
      if (variant instanceof ModelVariant.OtherPadding other) {
        return Classifiers.open(stored, Padding.parse(other.padding()), how);
      }
      if (variant instanceof ModelVariant.Blind blind) {
        return Classifiers.openBlind(
            stored.withTokensAlike(blind.others(), blind.permuted()),
            blind.padding(),
            blind.head(),
            blind.permuted() == 0 ? Set.copyOf(blind.others()) : Set.of(),
            how);
      }
      if (variant instanceof ModelVariant.CircularIn part) {
        return Classifiers.openCircular(stored, each -> circular(each, part), how);
      }
      if (variant instanceof ModelVariant.Retrained network) {
        return Classifiers.open(retrained.orElseThrow().open(network), how);
      }
      if (variant instanceof ModelVariant.Untrained untrained) {
        return Classifiers.openUntrained(stored, untrained.seed(), how);
      }
      return Classifiers.openAny(stored, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final int EACH = 60;
  private static final String TEST = "test";

  /**
   * Reads some of the photos of {@code test/} of a folder as a classifier sees them, as many of
   * either label where there are. Those that can't be read are left out.
   *
   * @param folder with {@code test/cat/} and {@code test/not_cat/}
   */
  private static List<Photo> testPhotos(Path folder, PictureSize size) {
    try {
      List<Photo> photos = new ArrayList<>();
      PhotoSet all = PhotoSet.of(PhotoFolder.open(folder.resolve(TEST)));
      for (Label label : Label.values()) {
        List<PhotoSet.Photo> own = all.photos().stream().filter(p -> p.label() == label).toList();
        // evenly over their order, since neighbours are often of one origin
        for (int i = 0; i < Math.min(EACH, own.size()); i++) {
          add(own.get(i * own.size() / Math.min(EACH, own.size())), size, photos);
        }
      }
      return photos;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(PhotoSet.Photo photo, PictureSize size, List<Photo> photos) {
    try {
      String name = photo.label().folder() + "/" + photo.file().getFileName();
      Raster fitted = size.fit(name, size.read(photo.file()));
      photos.add(new Photo(name, photo.label() == Label.CAT, fitted));
    } catch (IOException e) {
      // one photo fewer; that it can't be read is said where networks are trained on it
    }
  }
}
