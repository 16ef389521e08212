package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.ActivationPatching.Rings;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.result.CarrierTables.PatchRow;
import org.whisker.ablation.result.CarrierTables.PictureRow;
import org.whisker.ablation.result.CarrierTables.SeenRow;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.classifier.ActivationClassifier.Field;
import org.whisker.image.Canvas;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.RocCurve.Auc;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.MapFiles;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * What channels see in photos: the places of highest relevance for cat, as concept relevance
 * propagation picks them (Achtibat et al. 2023, arXiv 2206.03208). The relevance of a channel at a
 * position is its activation times the derivative of the logit of cat with respect to it, so that
 * what excites the channel and moves nothing is not picked. Beside the carriers stand as many other
 * channels of the layer, drawn at random.
 */
final class CarrierPhotos {
  /** Photos of highest relevance for each channel. */
  static final int TOP = 8;

  private static final int MOST = 24;
  private static final int PERMUTATIONS = 9_999;
  private static final double LEVEL = 0.95;
  private static final double CHANCE = 0.5;

  private final ActivationClassifier network;
  private final Cut cut;
  private final Observer.Input input;
  private final List<Photo> photos;
  private final List<float[]> activations = new ArrayList<>();
  private final List<float[]> relevances = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();

  /** A channel, with its relevance in each photo. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Channel(String kind, int number, double[] inPhotos) {}

  /**
   * Measures the channels on photos, which have to be of both labels.
   *
   * @param carriers the channels that carry the evidence, the first of a ranking first
   */
  CarrierPhotos(
      ActivationClassifier network,
      Cut cut,
      int[] carriers,
      List<Photo> photos,
      Observer.Input input) {
    this.network = network;
    this.cut = cut;
    this.input = input;
    this.photos = List.copyOf(photos);
    measure();
    int[] some = Arrays.copyOf(carriers, Math.min(MOST, carriers.length));
    for (int number : some) {
      channels.add(channel(SeenRow.CARRIER, number));
    }
    for (int number : others(carriers, some.length)) {
      channels.add(channel(SeenRow.RANDOM, number));
    }
  }

  /** Whether there are photos of both labels. */
  static boolean canSee(List<Photo> photos) {
    return photos.stream().filter(Photo::cat).count() > 1
        && photos.stream().filter(photo -> !photo.cat()).count() > 1;
  }

  private void measure() {
    for (int from = 0; from < photos.size(); from += input.batch()) {
      input.check();
      List<Photo> some = photos.subList(from, Math.min(photos.size(), from + input.batch()));
      List<float[]> values = network.activations(cut, some.stream().map(Photo::picture).toList());
      List<float[]> slopes = network.gradients(cut, values);
      for (int i = 0; i < values.size(); i++) {
        float[] relevance = new float[cut.size()];
        for (int j = 0; j < relevance.length; j++) {
          relevance[j] = -values.get(i)[j] * slopes.get(i)[j];
        }
        activations.add(values.get(i));
        relevances.add(relevance);
      }
    }
  }

  private int[] others(int[] carriers, int count) {
    int[] left =
        IntStream.range(0, cut.channels())
            .filter(number -> IntStream.of(carriers).noneMatch(taken -> taken == number))
            .toArray();
    return input
        .random("channels beside carriers")
        .ints(0, Math.max(1, left.length))
        .distinct()
        .limit(Math.min(count, left.length))
        .map(i -> left[i])
        .toArray();
  }

  private Channel channel(String kind, int number) {
    double[] sums =
        relevances.stream()
            .mapToDouble(relevance -> positions(number).mapToDouble(i -> relevance[i]).sum())
            .toArray();
    return new Channel(kind, number, sums);
  }

  /** Places of a channel's map among the activations. */
  private IntStream positions(int number) {
    return IntStream.range(number * cut.positions(), (number + 1) * cut.positions());
  }

  List<Table.Rows<?>> tables() {
    List<PatchRow> patches = new ArrayList<>();
    List<PictureRow> pictures = new ArrayList<>();
    for (Channel channel : channels) {
      int[] top = top(channel.inPhotos());
      for (int i = 0; i < top.length; i++) {
        PatchRow patch = patch(channel, i + 1, top[i]);
        patches.add(patch);
        pictures.add(picture(patch, photos.get(top[i])));
      }
    }
    return List.of(
        new Table.Rows<>(SeenRow.TABLE, seen()),
        new Table.Rows<>(PatchRow.TABLE, patches),
        new Table.Rows<>(PictureRow.TABLE, pictures));
  }

  private static int[] top(double[] relevance) {
    return IntStream.range(0, relevance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -relevance[i]))
        .limit(TOP)
        .mapToInt(i -> i)
        .toArray();
  }

  private PatchRow patch(Channel channel, int place, int photo) {
    float[] relevance = relevances.get(photo);
    int strongest =
        positions(channel.number())
            .boxed()
            .max(Comparator.comparingDouble(i -> relevance[i]))
            .orElseThrow();
    Field field = halved(network.field(cut, strongest % cut.positions()));
    return new PatchRow(
        channel.kind(),
        cut.layer(),
        channel.number(),
        place,
        photos.get(photo).name(),
        photos.get(photo).cat() ? PatchRow.Label.TARGET : PatchRow.Label.NOT_TARGET,
        field.x(),
        field.y(),
        field.width(),
        field.height(),
        activations.get(photo)[strongest],
        relevance[strongest],
        channel.inPhotos()[photo]);
  }

  /** Narrows the field to at most half of the canvas, around its middle. */
  private Field halved(Field field) {
    Canvas canvas = network.canvas();
    int width = Math.min(field.width(), (canvas.width() + 1) / 2);
    int height = Math.min(field.height(), (canvas.height() + 1) / 2);
    return new Field(
        field.x() + (field.width() - width) / 2,
        field.y() + (field.height() - height) / 2,
        width,
        height);
  }

  private static PictureRow picture(PatchRow patch, Photo photo) {
    float[] values = photo.picture().values();
    Canvas canvas = photo.picture().canvas();
    int planes = photo.picture().planes();
    byte[] levels = new byte[planes * patch.width() * patch.height()];
    for (int i = 0; i < levels.length; i++) {
      int pixel = i / planes;
      int x = patch.x() + pixel % patch.width();
      int y = patch.y() + pixel / patch.width();
      float value = values[i % planes * canvas.pixels() + y * canvas.width() + x];
      levels[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }
    return new PictureRow(
        patch.kind(),
        patch.channel(),
        patch.place(),
        patch.width(),
        patch.height(),
        HexFormat.of().formatHex(levels));
  }

  private List<SeenRow> seen() {
    double[] p =
        Holm.adjust(
            channels.stream()
                .mapToDouble(channel -> p(channel.inPhotos(), "seen by " + channel.number()))
                .toArray());
    return IntStream.range(0, p.length).mapToObj(i -> seen(channels.get(i), p[i])).toList();
  }

  private SeenRow seen(Channel channel, double p) {
    float[] cats = of(channel.inPhotos(), true);
    float[] others = of(channel.inPhotos(), false);
    Optional<Interval> interval = Auc.intervalBelow(cats, others, LEVEL);
    double[] outermost = outermost(channel.number());
    Interval around =
        Bootstrap.standard().mean(outermost, input.random("rim of " + channel.number()));
    return new SeenRow(
        channel.kind(),
        cut.layer(),
        channel.number(),
        cats.length,
        others.length,
        Auc.below(cats, others),
        OptionalNumber.of(interval, Interval::low),
        OptionalNumber.of(interval, Interval::high),
        p,
        Arrays.stream(top(channel.inPhotos())).filter(i -> photos.get(i).cat()).count()
            / (double) Math.min(TOP, photos.size()),
        Arrays.stream(outermost).average().orElse(0),
        around.low(),
        around.high(),
        new Rings(cut, 0, 1).area());
  }

  /** The values with the other sign, since an AUC of whisker's asks what lies below. */
  private float[] of(double[] inPhotos, boolean cat) {
    int[] which =
        IntStream.range(0, inPhotos.length).filter(i -> photos.get(i).cat() == cat).toArray();
    float[] values = new float[which.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) -inPhotos[which[i]];
    }
    return values;
  }

  private double p(double[] inPhotos, String what) {
    return PermutationTest.unpaired(
            MapFiles.doubles(of(inPhotos, true)),
            MapFiles.doubles(of(inPhotos, false)),
            Alternative.TWO_SIDED,
            PERMUTATIONS,
            input.random(what))
        .p();
  }

  /** The share of a map's activation in its outermost ring, of photos in which it is active. */
  private double[] outermost(int number) {
    int[] rim = new Rings(cut, 0, 1).positions();
    double[] shares =
        activations.stream()
            .filter(values -> positions(number).anyMatch(i -> values[i] != 0))
            .mapToDouble(
                values ->
                    IntStream.of(rim)
                            .mapToDouble(i -> Math.abs(values[number * cut.positions() + i]))
                            .sum()
                        / positions(number).mapToDouble(i -> Math.abs(values[i])).sum())
            .toArray();
    return shares.length > 1 ? shares : new double[] {0, 0};
  }

  /**
   * The observations of the carriers taken together and of the other channels, each where there are
   * any.
   */
  List<Observation.Uncorrected> observations() {
    return Stream.of(SeenRow.CARRIER, SeenRow.RANDOM)
        .flatMap(kind -> together(kind).stream())
        .toList();
  }

  private Optional<Observation.Uncorrected> together(String kind) {
    if (channels.stream().noneMatch(channel -> channel.kind().equals(kind))) {
      return Optional.empty();
    }
    double[] sum = new double[photos.size()];
    channels.stream()
        .filter(channel -> channel.kind().equals(kind))
        .forEach(channel -> Arrays.setAll(sum, i -> sum[i] + channel.inPhotos()[i]));
    float[] cats = of(sum, true);
    float[] others = of(sum, false);
    String name = "relevance of the " + kind + " channels in photos of cats";
    return Auc.intervalBelow(cats, others, LEVEL)
        .map(
            interval ->
                new Observation.Uncorrected(
                    name,
                    "other photos",
                    "AUC, less a half",
                    Prediction.NOTHING,
                    Auc.below(cats, others) - CHANCE,
                    new Interval(interval.low() - CHANCE, interval.high() - CHANCE, LEVEL),
                    p(sum, name),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    photos.size(),
                    0));
  }
}
