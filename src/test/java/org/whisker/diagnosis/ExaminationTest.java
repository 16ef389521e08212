package org.whisker.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.DiagnosedNetworks.Known;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.PhotoFolder;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.Scenes.Box;
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
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.CircularPadding;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Operation;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceChange.Roll;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.position.DoseResponse;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

class ExaminationTest {
  private static final Canvas CANVAS = Canvas.square(DiagnosedNetworks.SIDE);

  static Stream<Known> networks() {
    return Stream.concat(DiagnosedNetworks.all().stream(), DiagnosedNetworks.others().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void namesTheCauseOfAKnownNetwork(Known known) throws IOException {
    Diagnosis diagnosis =
        diagnosed(known.model(), new Scene(Scene.drawn(CANVAS, 24, 1), List.of(), true));
    List<String> right = known.causes().stream().map(Cause::label).toList();
    String told = diagnosis.toString();
    if (right.isEmpty()) {
      assertEquals(List.of(), diagnosis.labels(), told);
      assertTrue(
          diagnosis
              .sentence()
              .startsWith(
                  "No cause was found that ties what this network sees in these pictures to"
                      + " places"),
          diagnosis.sentence());
    } else {
      assertFalse(diagnosis.labels().isEmpty(), told);
      assertEquals(right.get(0), diagnosis.labels().get(0), told);
      assertTrue(
          diagnosis.labels().stream()
              .allMatch(label -> right.contains(label) || isOfZeros(known, label)),
          told);
    }
  }

  /** Uneven zeros are zeros. */
  private static boolean isOfZeros(Known known, String label) {
    return known.causes().contains(Cause.UNEVEN) && label.equals(Cause.PADDING.label());
  }

  @Test
  void findsAMarkThatTheNetworkAnswersTo() throws IOException {
    Diagnosis diagnosis = diagnosed(DiagnosedNetworks.cornerDetector(32, 4), stamped(4));
    assertEquals("mark", diagnosis.labels().get(0), diagnosis.toString());
    assertEquals("photos of cat, columns 0 to 4, rows 0 to 4", diagnosis.found().get(0).where());
    assertEquals(
        "paint over or crop the mark in the photos of cat, and train again",
        diagnosis.found().get(0).mend());
  }

  static Stream<Box> marks() {
    return Stream.of(
        new Box(29, 0, 32, 3),
        new Box(0, 28, 4, 32),
        new Box(24, 24, 32, 32),
        new Box(14, 0, 18, 4),
        new Box(0, 13, 4, 17));
  }

  /** In each corner and at edges, with a folder of other photos and without. */
  @ParameterizedTest
  @MethodSource("marks")
  void findsMarksWhereverTheyLie(Box mark) throws IOException {
    List<Raster> all = Scene.drawn(CANVAS, 24, 9);
    List<Raster> cats =
        all.subList(0, 12).stream()
            .map(photo -> Scenes.patched(photo, mark, Scenes.plain(CANVAS, 1)))
            .toList();
    PhotoFolder marked = new PhotoFolder("dogs", cats);
    PhotoFolder others = new PhotoFolder("others", all.subList(12, 24));
    for (List<PhotoFolder> folders : List.of(List.of(marked), List.of(marked, others))) {
      Examination examination =
          new Examination(
              new Stored(DiagnosedNetworks.markDetector(32, mark, 0.2f)),
              new Scene(all, folders, false),
              1,
              new Nowhere(),
              () -> false);
      EvidenceRow row = examination.measure(Cause.MARK.label());
      assertEquals(List.of("mark"), Diagnosis.of(List.of(row)).labels(), mark + " " + row);
    }
  }

  /** Lines of letters are one mark; the same sign in two corners is named as two. */
  @Test
  void namesAllPlacesOfAMark() throws IOException {
    List<Raster> all = Scene.drawn(CANVAS, 24, 9);
    List<Box> lines =
        List.of(
            new Box(10, 25, 30, 26),
            new Box(10, 27, 30, 28),
            new Box(10, 29, 30, 30),
            new Box(0, 0, 7, 7));
    List<Raster> dogs = new ArrayList<>(all.subList(0, 12));
    for (Box line : lines) {
      dogs.replaceAll(photo -> Scenes.patched(photo, line, Scenes.plain(CANVAS, 1)));
    }
    EvidenceRow row =
        mark(
            DiagnosedNetworks.marksDetector(32, lines, 0.2f),
            new PhotoFolder("dogs", dogs),
            new PhotoFolder("others", all.subList(12, 24)));
    assertTrue(row.where().endsWith(" and 1 more"), row.where());
    assertEquals(
        "paint over or crop the mark in the photos of dogs, and train again",
        Diagnosis.mend(Cause.MARK, row.where()));
  }

  /** A tint, on photos in which luma and its spread are as everywhere. */
  @Test
  void findsAMarkThatLumaCannotSee() throws IOException {
    Box mark = new Box(0, 26, 6, 32);
    List<Raster> all = Scene.drawn(CANVAS, 24, 9).stream().map(ExaminationTest::coloured).toList();
    List<Raster> tinted = all.subList(0, 12).stream().map(photo -> tinted(photo, mark)).toList();
    float[] gray = all.get(0).grayValues();
    float[] marked = tinted.get(0).grayValues();
    for (int i = 0; i < gray.length; i++) {
      assertEquals(gray[i], marked[i], 1e-5, "luma at " + i);
    }
    EvidenceRow row =
        mark(
            DiagnosedNetworks.hueDetector(32, mark),
            new PhotoFolder("dogs", tinted),
            new PhotoFolder("others", all.subList(12, 24)));
    assertEquals(List.of("mark"), Diagnosis.of(List.of(row)).labels(), row.toString());
    assertTrue(row.where().startsWith("photos of dogs, columns 0 to "), row.where());
  }

  /** Neighbouring channels differ a little, as in photos. */
  private static Raster coloured(Raster gray) {
    float[] values = gray.grayValues();
    int pixels = values.length;
    float[] planes = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      float luma = 0.3f + 0.4f * values[i];
      float hue = 0.04f * (values[(i + 40) % pixels] - 0.5f);
      planes[i] = luma + 0.587f * hue;
      planes[pixels + i] = luma - 0.299f * hue;
      planes[2 * pixels + i] = luma;
    }
    return PlanarImage.of(gray.canvas(), planes);
  }

  private static Raster tinted(Raster photo, Box mark) {
    float[] values = photo.values();
    int pixels = photo.canvas().pixels();
    for (int y = mark.top(); y < mark.bottom(); y++) {
      for (int x = mark.left(); x < mark.right(); x++) {
        int i = photo.canvas().index(x, y);
        values[i] += 0.25f * 0.587f;
        values[pixels + i] -= 0.25f * 0.299f;
      }
    }
    return PlanarImage.of(photo.canvas(), values);
  }

  /** The first of the other folders carries the mark, too. */
  @Test
  void aMarkIsSoughtAgainstAllOtherFolders() throws IOException {
    Box mark = new Box(0, 0, 4, 4);
    List<Raster> all = Scene.drawn(CANVAS, 48, 9);
    List<Raster> stamped =
        all.subList(0, 24).stream()
            .map(photo -> Scenes.patched(photo, mark, Scenes.plain(CANVAS, 1)))
            .toList();
    EvidenceRow row =
        mark(
            DiagnosedNetworks.cornerDetector(32, 4),
            new PhotoFolder("cats", stamped.subList(0, 12)),
            new PhotoFolder("dogs", stamped.subList(12, 24)),
            new PhotoFolder("cars", all.subList(24, 36)),
            new PhotoFolder("houses", all.subList(36, 48)));
    assertEquals(List.of("mark"), Diagnosis.of(List.of(row)).labels(), row.toString());
    assertTrue(row.where().matches("photos of (cats|dogs), .*"), row.where());
  }

  private static EvidenceRow mark(StoredModel model, PhotoFolder... folders) throws IOException {
    List<Raster> all = Stream.of(folders).flatMap(folder -> folder.photos().stream()).toList();
    return new Examination(
            new Stored(model),
            new Scene(all, List.of(folders), false),
            1,
            new Nowhere(),
            () -> false)
        .measure(Cause.MARK.label());
  }

  @Test
  void aNetworkWithoutReceptiveFieldsIsDiagnosed() throws IOException {
    Diagnosis diagnosis =
        diagnosed(
            DiagnosedNetworks.stretched(), new Scene(Scene.drawn(CANVAS, 12, 1), List.of(), true));
    assertFalse(diagnosis.labels().contains("head"), diagnosis.toString());
  }

  @Test
  void theCurveOfShiftsGoesThroughAllPhasesAndEndsAtTheFirst() throws IOException {
    List<ShiftRow> kept = new ArrayList<>();
    Examination.Sink sink =
        new Nowhere() {
          @Override
          public void shifts(List<ShiftRow> rows) {
            kept.addAll(rows);
          }
        };
    Scene scene = new Scene(Scene.drawn(CANVAS, 8, 1), List.of(), true);
    new Examination(new Stored(DiagnosedNetworks.normed()), scene, 1, sink, () -> false)
        .measure(Cause.STRIDE.label());
    List<ShiftRow> torus =
        kept.stream().filter(row -> row.network().equals(ShiftRow.TORUS)).toList();
    List<Integer> phases = torus.stream().map(row -> row.phase().orElseThrow()).toList();
    assertEquals(List.of(1, 2, 3, 0), phases);
    assertEquals(0, torus.get(3).change(), 1e-3);
    assertTrue(torus.get(1).change() > 0.01, torus.toString());
    assertEquals(List.of(4, 6, 8, 12, 16, 24, 32), ShiftLoss.further(32, 224));
    assertEquals(List.of(), ShiftLoss.further(2, 8));
  }

  @Test
  void theMapOfANormIsFoundWhereItWasFolded() throws IOException {
    Examination examination =
        new Examination(
            new Stored(DiagnosedNetworks.normed()),
            new Scene(Scene.drawn(CANVAS, 8, 1), List.of(), true),
            1,
            new Nowhere(),
            () -> false);
    EvidenceRow head = examination.measure(Cause.HEAD.label());
    assertTrue(head.isTested(), head.toString());
  }

  @Test
  void theStrongestOfSeveralMarksIsCorrectedForItsChoice() throws IOException {
    Nowhere sink = new Nowhere();
    Scene scene = stamped(4);
    List<Raster> cats =
        scene.folders().get(0).photos().stream()
            .map(cat -> Scenes.patched(cat, new Box(26, 28, 32, 32), Scenes.plain(CANVAS, 1)))
            .toList();
    List<PhotoFolder> folders = List.of(new PhotoFolder("cat", cats), scene.folders().get(1));
    EvidenceRow row =
        new Examination(
                new Stored(DiagnosedNetworks.cornerDetector(32, 4)),
                new Scene(scene.pictures(), folders, false),
                1,
                sink,
                () -> false)
            .measure(Cause.MARK.label());
    assertTrue(sink.marks.size() > 1, sink.marks.toString());
    // two choices of twelve signs: the mark does a little less than the threshold in one photo
    double alone = Math.scalb(1.0, -11);
    assertEquals(sink.marks.size() * alone, row.pAbove().orElseThrow(), 1e-12);
  }

  @Test
  void aMarkThatChangesNothingIsNoCause() throws IOException {
    Diagnosis diagnosis = diagnosed(DiagnosedNetworks.all().get(5).model(), stamped(2));
    assertFalse(diagnosis.labels().contains("mark"), diagnosis.toString());
  }

  /** The first convolution of one pixel in two is beside one that reads all. */
  @Test
  void theLayerThatMissesPixelsIsTheFirstThatLosesThem() throws IOException {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder();
    net.conv("all", Window.square(3, 2, 1));
    int all = net.last();
    net.add("half", new Layer.Conv(3, 12, Window.square(1, 2, 0), true), 0);
    net.add("sum", new Operation.Combine(Operation.Combine.Kind.ADD), all, net.last());
    net.conv("skips", Window.square(1, 4, 0));
    net.pooled();
    CauseRow missed = row(net, Cause.MISSED);
    assertEquals(CauseRow.FOUND, missed.verdict(), missed.toString());
    assertTrue(missed.where().startsWith("layer skips, columns 2 to 6, "), missed.where());
  }

  /** As if the map were reflected, which marks no border. */
  @Test
  void aPaddedPoolingBehindUnpaddedWindowsIsNoCause() throws IOException {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder();
    net.conv("a", Window.square(9, 1, 0));
    net.conv("b", Window.square(9, 1, 0));
    net.add("pool", new Layer.MaxPool(Window.square(5, 1, 2)));
    net.pooled();
    CauseRow padding = row(net, Cause.PADDING);
    assertEquals(CauseRow.NONE, padding.verdict(), padding.toString());
    assertEquals(Set.of("pool"), CircularPadding.wrappingLayers(net.network()));
    assertEquals(Set.of(), PaddingEffects.wrapping(net.network()));
  }

  @Test
  void halfOfWhatDiffersBetweenPicturesIsNotNothing() throws IOException {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder();
    net.conv("a", Window.square(3, 16, 0));
    net.pooled();
    CauseRow stride = row(net, Cause.STRIDE);
    assertTrue(stride.estimate().orElseThrow() > 0.45, stride.toString());
    assertEquals(CauseRow.UNDECIDED, stride.verdict(), stride.toString());
  }

  /** A pooling before further windows is no head, all of whose rolls would be averaged. */
  @Test
  void anInnerPoolingIsNoHead() {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder();
    net.conv("a", Window.square(3, 1, 1));
    net.add("inner", new Layer.AdaptiveAvgPool(8));
    net.conv("b", Window.square(3, 1, 1));
    net.pooled();
    Network network = net.network();
    assertEquals("b.relu", network.nodes().get(network.lastFeatureMap()).name());
  }

  private static CauseRow row(DiagnosedNetworks.Builder net, Cause cause) throws IOException {
    Diagnosis diagnosis =
        diagnosed(
            DiagnosedNetworks.model("row", net.network(), Padding.ZERO, 1),
            new Scene(Scene.drawn(CANVAS, 24, 1), List.of(), true));
    return diagnosis.causes().stream()
        .filter(each -> each.cause().equals(cause.label()))
        .findFirst()
        .orElseThrow();
  }

  /** A bright square that lies elsewhere in each photo, far from the border. */
  @Test
  void aBlockAtWhichOneFolderIsLookedAtForbidsNoMark() throws IOException {
    List<Raster> all = Scene.drawn(CANVAS, 24, 9);
    List<Raster> cats = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Box square = new Box(11 + i % 3, 11 + i / 4, 19 + i % 3, 19 + i / 4);
      cats.add(Scenes.patched(all.get(i), square, Scenes.plain(CANVAS, 1)));
    }
    Box looked = new Box(11, 11, 21, 21);
    PhotoFolder marked = new PhotoFolder("cats", cats);
    PhotoFolder others = new PhotoFolder("others", all.subList(12, 24));
    EvidenceRow row = mark(DiagnosedNetworks.brightDetector(32, looked), marked, others);
    CauseRow cause = Diagnosis.of(List.of(row)).causes().get(0);
    assertEquals(CauseRow.UNDECIDED, cause.verdict(), cause.toString());
    assertTrue(
        cause
            .note()
            .matches(
                "in photos of cats the network looks at columns 1\\d to .* times; look what lies"
                    + " there"),
        cause.note());
    EvidenceRow neither =
        mark(
            DiagnosedNetworks.all().get(5).model(),
            new PhotoFolder("cats", all.subList(0, 12)),
            others);
    assertEquals(List.of("mark"), Diagnosis.of(List.of(neither)).labels(CauseRow.NONE));
  }

  /** Every effect is relative to how much the logit differs between pictures. */
  @Test
  void whereNoLogitDiffersNothingIsSaid() throws IOException {
    Raster gray = Scenes.plain(CANVAS, 0.5f);
    Raster other = Scene.drawn(CANVAS, 8, 1).get(0);
    StoredModel flattening = DiagnosedNetworks.all().get(3).model();
    List<Raster> alike = Collections.nCopies(24, gray);
    List<Raster> butOne = new ArrayList<>(alike);
    butOne.set(5, other);
    for (Diagnosis diagnosis :
        List.of(
            diagnosed(flattening, new Scene(alike, List.of(), false)),
            diagnosed(flattening, new Scene(butOne, List.of(), false)),
            diagnosed(
                DiagnosedNetworks.constant(),
                new Scene(Scene.drawn(CANVAS, 24, 1), List.of(), true)))) {
      assertEquals("not tested", diagnosis.verdict(), diagnosis.toString());
      assertEquals(Cause.labels(), diagnosis.labels("not tested"), diagnosis.toString());
    }
  }

  @Test
  void eachAxisIsRolled() {
    for (int height = 1; height <= 17; height++) {
      for (int width = 1; width <= 17; width++) {
        List<Roll> rolls = new ArrayList<>();
        for (int number = 0; number < PlaceChange.ROLLS; number++) {
          rolls.add(Roll.of(number, height, width));
        }
        assertEquals(new Roll(0, 0), rolls.get(0));
        assertEquals(Math.min(8, height), rolls.stream().map(Roll::rows).distinct().count());
        assertEquals(Math.min(8, width), rolls.stream().map(Roll::columns).distinct().count());
      }
    }
  }

  /** Photos of cats have a bright corner. */
  private static Scene stamped(int side) {
    List<Raster> all = Scene.drawn(CANVAS, 24, 9);
    List<Raster> cats = new ArrayList<>();
    for (Raster photo : all.subList(0, 12)) {
      cats.add(Scenes.patched(photo, new Box(0, 0, side, side), Scenes.plain(CANVAS, 1)));
    }
    List<Raster> others = all.subList(12, 24);
    return new Scene(
        Stream.concat(cats.stream(), others.stream()).toList(),
        List.of(new PhotoFolder("cat", cats), new PhotoFolder("not_cat", others)),
        false);
  }

  static Diagnosis diagnosed(StoredModel model, Scene scene) throws IOException {
    return diagnosed(model, scene, Cause.labels());
  }

  static Diagnosis diagnosed(StoredModel model, Scene scene, List<String> causes)
      throws IOException {
    Examination examination =
        new Examination(new Stored(model), scene, 1, new Nowhere(), () -> false);
    List<EvidenceRow> evidence = new ArrayList<>();
    for (String cause : causes) {
      evidence.add(examination.measure(cause));
    }
    return Diagnosis.of(evidence);
  }

  private record Stored(StoredModel model) implements Subject {
    private static final TorchClassifier.Settings RUN =
        TorchClassifier.Settings.cpu(Precision.FLOAT32);

    @Override
    public DifferentiableClassifier open() throws IOException {
      return Classifiers.openAny(model, RUN);
    }

    @Override
    public Optional<Network> network() {
      return Optional.of(Networks.of(model.card()));
    }

    @Override
    public ActivationClassifier openCut(UnaryOperator<Network> change) throws IOException {
      return Classifiers.openCut(model, change, RUN);
    }

    @Override
    public ActivationClassifier openTokens(boolean alike) throws IOException {
      return Classifiers.openTokens(model, alike, RUN);
    }

    @Override
    public Classifier openAveraged(UnaryOperator<Network> change) throws IOException {
      return Classifiers.openAveraged(model, change, RUN);
    }
  }

  private static class Nowhere implements Examination.Sink {
    private final List<MarkRow> marks = new ArrayList<>();
    private final List<ClassMapRow> classes = new ArrayList<>();

    @Override
    public void layers(List<LayerPaddingRow> rows) {}

    @Override
    public void operations(List<OperationRow> rows) {}

    @Override
    public void tokens(List<TokenRow> rows) {}

    @Override
    public void shifts(List<ShiftRow> rows) {}

    @Override
    public void unread(List<UnreadRow> rows) {}

    @Override
    public void marks(List<MarkRow> rows) {
      marks.addAll(rows);
    }

    @Override
    public void places(List<PlaceRow> rows) {}

    @Override
    public void classMaps(List<ClassMapRow> rows) {
      classes.addAll(rows);
    }

    @Override
    public void doses(DoseResponse response, RandomGenerator random) {}

    @Override
    public void map(String name, Canvas canvas, double[] values) {}
  }
}
