package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ActivationPatching;
import org.whisker.ablation.ActivationPatching.Rings;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.TestedModel;
import org.whisker.ablation.result.CarrierTables.CarrierRow;
import org.whisker.ablation.result.CarrierTables.ChannelRow;
import org.whisker.ablation.result.CarrierTables.PatchRow;
import org.whisker.ablation.result.CarrierTables.PictureRow;
import org.whisker.ablation.result.CarrierTables.SeenRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;

/** A network of two layers whose evidence lies along the rim, in one channel. */
class CarriersTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final int CELL = 4;
  private static final int CELLS = 8;

  /**
   * The first layer is the ink. The second has the ink of each cell of 4 × 4 in one of four
   * channels: in the first that of the outer ring of cells, which is the evidence, in the second
   * that of all others.
   */
  private record Toy() implements ActivationClassifier {
    private static final Cut EARLY = new Cut(0, "early", 1, 32, 32);
    private static final Cut DEEP = new Cut(1, "deep", 4, CELLS, CELLS);

    @Override
    public String name() {
      return "toy";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public List<Cut> cuts() {
      return List.of(EARLY, DEEP);
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return logits(EARLY, activations(EARLY, pictures));
    }

    @Override
    public List<float[]> activations(Cut cut, List<? extends Raster> pictures) {
      List<float[]> all = new ArrayList<>();
      for (Raster picture : pictures) {
        float[] ink = picture.grayValues();
        for (int i = 0; i < ink.length; i++) {
          ink[i] = 1 - ink[i];
        }
        all.add(cut.equals(EARLY) ? ink : deep(ink));
      }
      return all;
    }

    private static float[] deep(float[] ink) {
      float[] maps = new float[DEEP.size()];
      for (int i = 0; i < ink.length; i++) {
        int cell = CANVAS.y(i) / CELL * CELLS + CANVAS.x(i) / CELL;
        maps[(CANVAS.borderDistance(i) < CELL ? 0 : CELLS * CELLS) + cell] += ink[i];
      }
      return maps;
    }

    @Override
    public float[] logits(Cut cut, List<float[]> activations) {
      float[] logits = new float[activations.size()];
      for (int k = 0; k < logits.length; k++) {
        float[] maps = cut.equals(EARLY) ? deep(activations.get(k)) : activations.get(k);
        logits[k] = 1;
        for (int i = 0; i < CELLS * CELLS; i++) {
          logits[k] -= maps[i];
        }
      }
      return logits;
    }

    @Override
    public List<float[]> gradients(Cut cut, List<float[]> activations) {
      return activations.stream()
          .map(
              values -> {
                float[] gradient = new float[values.length];
                for (int i = 0; i < gradient.length; i++) {
                  boolean rim =
                      cut.equals(EARLY) ? CANVAS.borderDistance(i) < CELL : i < CELLS * CELLS;
                  gradient[i] = rim ? -1 : 0;
                }
                return gradient;
              })
          .toList();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private record ToyModel() implements TestedModel {
    @Override
    public String name() {
      return "toy";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return new Toy();
    }

    @Override
    public boolean canBeCut() {
      return true;
    }

    @Override
    public ActivationClassifier openCut() {
      return new Toy();
    }
  }

  /** Ten pixels of the rim and ten of the middle. */
  private static BlackPixels image(int seed) {
    SplitMix64 random = new SplitMix64(seed);
    int[] rim = IntStream.range(0, 1024).filter(i -> CANVAS.borderDistance(i) < CELL).toArray();
    int[] middle = IntStream.range(0, 1024).filter(i -> CANVAS.borderDistance(i) >= CELL).toArray();
    return BlackPixels.of(
        CANVAS,
        IntStream.concat(
                random.ints(10, 0, rim.length).map(i -> rim[i]),
                random.ints(10, 0, middle.length).map(i -> middle[i]))
            .toArray());
  }

  private static Observer.Input input(AblatedModel model, int runs) {
    return input(model, runs, CarriersTest::image);
  }

  private static Observer.Input input(
      AblatedModel model, int runs, IntFunction<BlackPixels> image) {
    List<ArmRun> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      image.apply(i),
                      OptionalDouble.of(0.3),
                      OptionalDouble.of(-1),
                      OptionalDouble.of(-1),
                      OptionalDouble.of(0),
                      OptionalLong.empty(),
                      100,
                      10,
                      2,
                      List.of()))));
    }
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 5, 1);
    ArmRuns control = new ArmRuns(AblationArm.control("evolved", "anywhere"), all);
    return new Observer.Input(control, setting, model, 1, 50, () -> false);
  }

  private static Observations.Tabled observed(int runs) {
    return (Observations.Tabled) new Carriers().observe(input(new ToyModel(), runs));
  }

  private static List<CarrierRow> cells(Observations.Tabled observed) {
    return observed.tables().get(0).rows().stream().map(CarrierRow.class::cast).toList();
  }

  @Test
  void ringsDoubleFromTheBorderInwards() {
    ActivationClassifier.Cut cut = new ActivationClassifier.Cut(0, "x", 1, 9, 16);
    List<String> all =
        Rings.all(cut).stream().map(rings -> rings.from() + "-" + rings.to()).toList();
    assertEquals(List.of("0-1", "1-2", "2-4", "4-5", "0-2", "0-4"), all);
    assertEquals(
        9 * 16, Rings.all(cut).subList(0, 4).stream().mapToInt(r -> r.positions().length).sum());
    assertEquals(2 * 16 + 2 * 7, new Rings(cut, 0, 1).positions().length);
  }

  @Test
  void theOuterRingCarriesAllOfTheEvidenceAndTheOthersNone() {
    Observations.Tabled observed = observed(10);
    for (CarrierRow cell : cells(observed)) {
      if (cell.layer().equals("deep") && !cell.direction().equals("middle into edge")) {
        assertEquals(cell.ringFrom() == 0 ? 1 : 0, cell.restored(), 1e-6, cell.toString());
        assertTrue(cell.random() > 0 && cell.random() < 1);
      }
      assertTrue(cell.ciLow() <= cell.restored() && cell.restored() <= cell.ciHigh());
    }
    Observation decisive = observed.observations().get(0);
    assertEquals(Verdict.SUPPORTED, decisive.verdict());
    assertEquals(1 - 28 / 64.0, decisive.effect(), 0.1);
    Observation smallest = observed.observations().get(1);
    assertEquals(1, smallest.effect(), 1e-6);
    assertEquals(
        "outer 1 of 4 rings of the maps at deep, 44 % of their positions", smallest.name());
  }

  /** What suffices for the images that chose it need not for the others. */
  @Test
  void theSmallestPartIsJudgedOnImagesThatDidNotChooseIt() {
    Observations.Tabled observed =
        (Observations.Tabled)
            new Carriers().observe(input(new ToyModel(), 10, CarriersTest::inTurn));
    Observation smallest = observed.observations().get(1);
    assertEquals(
        "outer 1 of 16 rings of the maps at early, 12 % of their positions", smallest.name());
    assertEquals(0, smallest.effect(), 1e-6);
    assertEquals(5, smallest.runs());
  }

  /** Ten pixels on the border of every second image, and in the fourth ring of the others. */
  private static BlackPixels inTurn(int number) {
    int ring = number % 2 == 0 ? 0 : 3;
    int[] places = IntStream.range(0, 1024).filter(i -> CANVAS.borderDistance(i) == ring).toArray();
    return BlackPixels.of(
        CANVAS, IntStream.range(0, 10).map(i -> places[7 * i + number]).toArray());
  }

  /** A barrier and the evidence by one channel of a plant. */
  @Test
  void oneChannelOfAPlantIsFound() {
    PlantedModel plant = new PlantedModel(OwnPlants.BY_CHANNEL);
    double[] gain = PlantMaps.ofChannel(PlantMaps.edge(1, 0));
    int[] places = IntStream.range(0, 1024).filter(i -> gain[i] > 0).toArray();
    Observer.Input input =
        input(
            plant,
            10,
            i ->
                BlackPixels.of(
                    CANVAS, IntStream.range(0, 8).map(k -> places[(3 * k + i) % 28]).toArray()));
    Observations.Tabled observed = (Observations.Tabled) new Carriers().observe(input);
    ChannelRow first = (ChannelRow) observed.tables().get(1).rows().get(0);
    assertEquals(1, first.channels(), first.toString());
    assertEquals(1, first.restored(), 1e-5);
    Observation barrier = new Barrier().observe(input).observations().get(0);
    assertEquals(Verdict.SUPPORTED, barrier.verdict(), barrier.toString());
  }

  /** As a search without a penalty for pixels ends, on a network that does not answer to them. */
  @Test
  void imagesThatAreAnsweredAsWhiteIsLetNothingBeSaid() {
    BlackPixels middle = BlackPixels.of(CANVAS, CANVAS.index(15, 15), CANVAS.index(16, 17));
    Observations observed = new Carriers().observe(input(new ToyModel(), 10, i -> middle));
    assertEquals(List.of(), observed.observations());
    assertEquals(
        "the network responds to evolved images as to white", observed.withheld().get(0).reason());
  }

  /** Pixels of the middle have no evidence here, so they take away what those of the edge had. */
  @Test
  void theBarrierIsTracedByPixels() {
    CarrierRow all =
        cells(observed(10)).stream()
            .filter(cell -> cell.direction().equals("middle into edge"))
            .filter(cell -> cell.layer().equals("deep") && cell.ringTo() == 0)
            .findFirst()
            .orElseThrow();
    assertEquals(1, all.restored(), 1e-6);
    assertEquals(12, all.pairs());
  }

  @Test
  void theChannelIsFoundAndItsEstimateIsExact() {
    List<ChannelRow> rows =
        observed(10).tables().get(1).rows().stream().map(ChannelRow.class::cast).toList();
    ChannelRow first = rows.get(0);
    assertEquals(ChannelRow.FIRST, first.what());
    assertEquals(1, first.channels());
    assertEquals(1, first.restored(), 1e-6);
    assertEquals(1, first.estimated().orElseThrow(), 1e-6);
    assertEquals(5, first.pairs());
    assertEquals(0, rows.get(2).channels(), "the channel of the rim");
    assertEquals(0, rows.get(3).restored(), 1e-6);
  }

  @Test
  void tooFewImagesLeaveTheBarrierAlone() {
    Observations.Tabled observed = observed(2);
    assertEquals(1, observed.withheld().size());
    assertTrue(observed.observations().isEmpty());
    assertTrue(cells(observed).stream().allMatch(c -> c.direction().equals("middle into edge")));
  }

  @Test
  void formulasAreRefused() {
    assertTrue(new Carriers().refusal(new PlantedModel(Plants.PADDING)).isPresent());
    assertTrue(new Carriers().refusal(new ToyModel()).isEmpty());
  }

  @Test
  void estimatesOfALinearNetworkAreExact() {
    List<ActivationPatching.Pair> pairs =
        List.of(new ActivationPatching.Pair(BlackPixels.none(CANVAS), image(1)));
    ActivationPatching patching = new ActivationPatching(new Toy(), pairs, 10, () -> false);
    double[][] estimates = patching.at(Toy.DEEP).estimates();
    assertArrayEquals(new double[] {patching.whole()[0], 0, 0, 0}, estimates[0], 1e-6);
    assertArrayEquals(new int[] {0, 1, 2, 3}, ActivationPatching.ranked(estimates));
  }

  @Test
  void theAnswerNamesTheSmallestPart() {
    List<ObservationRow> rows =
        observed(10).observations().stream()
            .map(
                o ->
                    new ObservationRow(
                        o.name(),
                        o.against(),
                        o.statistic(),
                        o.effect(),
                        OptionalDouble.of(0.97),
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        "",
                        OptionalLong.empty(),
                        10,
                        0))
            .toList();
    HypothesisResult decided =
        new HypothesisResult(
            Verdict.SUPPORTED,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            rows,
            List.of());
    assertEquals(
        Optional.of(
            "the outermost of 4 rings of the maps at deep, 44 % of their positions, carries all of"
                + " the evidence for cat, and equally many random positions 46\u00a0%, in images"
                + " other than those used to choose it"),
        new Carriers().clause(decided));
  }

  private static ObservationRow row(String name, String statistic, double effect) {
    OptionalDouble none = OptionalDouble.empty();
    return new ObservationRow(
        name,
        "",
        statistic,
        effect,
        OptionalDouble.of(effect),
        none,
        none,
        none,
        none,
        none,
        "",
        OptionalLong.empty(),
        12,
        0);
  }

  /** Nearly all positions are no rim. */
  @Test
  void aPartThatIsNoBetterThanChanceIsNotNamed() {
    OptionalDouble none = OptionalDouble.empty();
    String restored = "share of the evidence restored";
    HypothesisResult decided =
        new HypothesisResult(
            Verdict.SUPPORTED,
            none,
            none,
            none,
            List.of(
                row("outer positions of a deep map", "share of the evidence", 0.094),
                row("outer 13 of 16 rings of the maps at deep", restored, 0.94),
                row("as many random positions of the same maps", restored, 0.966)),
            List.of());
    assertEquals(
        Optional.of(
            "deep in the network, outer positions carry more of the evidence for cat than equally"
                + " many random ones, by 9\u00a0% of it"),
        new Carriers().clause(decided));
  }

  /** Cats have ink along the rim, which the first channel reads; others have it in the middle. */
  private static List<Photo> photos() {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      boolean cat = i % 2 == 0;
      float[] gray = new float[CANVAS.pixels()];
      SplitMix64 random = new SplitMix64(i);
      for (int p = 0; p < gray.length; p++) {
        boolean rim = CANVAS.borderDistance(p) < CELL;
        gray[p] = rim == cat ? 0.8f * random.nextFloat() : 1 - 0.2f * random.nextFloat();
      }
      photos.add(new Photo(i + ".png", cat, new GrayImage(CANVAS, gray)));
    }
    return photos;
  }

  private static <R extends Record> List<R> rows(CarrierPhotos seen, Table<R> table) {
    return seen.tables().stream()
        .filter(rows -> rows.table().equals(table))
        .flatMap(rows -> rows.rows().stream())
        .map(row -> table.row().cast(row))
        .toList();
  }

  @Test
  void aChannelOfTheRimSeesTheRimOfCats() {
    CarrierPhotos seen =
        new CarrierPhotos(new Toy(), Toy.DEEP, new int[] {0}, photos(), input(new ToyModel(), 4));
    List<SeenRow> channels = rows(seen, SeenRow.TABLE);
    assertEquals(2, channels.size(), "a carrier and as many at random");
    SeenRow rim = channels.get(0);
    assertEquals(SeenRow.CARRIER, rim.kind());
    assertEquals(1, rim.auc(), 1e-9);
    assertTrue(rim.pHolm() < 0.05, rim.toString());
    assertEquals(6 / 8.0, rim.targetsAmongTop(), 1e-9, "there are six");
    assertEquals(1, rim.outermost(), 1e-6);
    assertEquals(28 / 64.0, rim.uniform(), 1e-9);
    assertEquals(0.5, channels.get(1).auc(), 1e-9, "its derivative is 0");
    List<PatchRow> patches = rows(seen, PatchRow.TABLE);
    assertEquals(16, patches.size());
    assertEquals(PatchRow.Label.TARGET, patches.get(0).label());
    assertTrue(patches.get(0).ofPhoto() >= patches.get(1).ofPhoto());
    assertEquals(16, patches.get(0).width(), "a field that is not known is cut to half");
    assertEquals(
        2 * 16 * 16, rows(seen, PictureRow.TABLE).get(0).gray().length(), "two digits a pixel");
  }

  @Test
  void patchesOfPhotosInColourKeepTheirColours() {
    List<Photo> photos =
        photos().stream()
            .map(
                photo -> {
                  float[] values = Arrays.copyOf(photo.picture().grayValues(), 3 * CANVAS.pixels());
                  return new Photo(photo.name(), photo.cat(), PlanarImage.of(CANVAS, values));
                })
            .toList();
    CarrierPhotos seen =
        new CarrierPhotos(new Toy(), Toy.DEEP, new int[] {0}, photos, input(new ToyModel(), 4));
    String pixels = rows(seen, PictureRow.TABLE).get(0).gray();
    assertEquals(6 * 16 * 16, pixels.length());
    assertTrue(pixels.matches("([0-9a-f]{2}0000)+"), "red alone: " + pixels);
  }

  @Test
  void photosOfOneLabelAreNotCompared() {
    assertTrue(!CarrierPhotos.canSee(List.of()));
    assertTrue(!CarrierPhotos.canSee(photos().stream().filter(Photo::cat).toList()));
    assertTrue(CarrierPhotos.canSee(photos()));
  }

  @Test
  void howWellEstimatesAgreeIsSaid() {
    assertTrue(
        observed(10).observations().stream()
            .anyMatch(
                o ->
                    o.name().equals("first-order estimates of single channels")
                        && o.effect() > 0.7));
  }
}
