package org.whisker.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class EffectTest {
  private static final int PICTURES = 32;
  private final SplitMix64 random = SplitMix64.stream(1, "effect test", 0);

  private SystematicChange change(double systematic) {
    List<double[]> changes = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      double[] change = new double[9];
      double[] value = new double[9];
      for (int p = 0; p < 9; p++) {
        change[p] = systematic + 0.5 * random.nextGaussian();
        value[p] = random.nextGaussian();
      }
      changes.add(change);
      values.add(value);
    }
    return new SystematicChange(changes, values);
  }

  @Test
  void aChangeThatFollowsThePictureIsNotSystematic() {
    assertTrue(change(0).effect().estimate().value() < 0.1);
    double found = change(1).effect().estimate().value();
    assertEquals(1, found, 0.25);
  }

  @Test
  void theJackknifeOfAMeanIsTheSample() {
    double[] sample = {1, 4, 2, 8};
    Effect effect =
        Effect.of(
            4,
            false,
            kept ->
                IntStream.range(0, 4).filter(kept).mapToDouble(i -> sample[i]).average().orElse(0));
    for (int i = 0; i < 4; i++) {
      assertEquals(sample[i], effect.pseudo()[i], 1e-12);
    }
    assertEquals(3.75, effect.estimate().value(), 1e-12);
  }

  @Test
  void verdictsNeedTheThreshold() {
    List<EvidenceRow> rows =
        List.of(
            row(Cause.PADDING, 0.9, 1e-4, 1),
            row(Cause.HEAD, 0.01, 1, 1e-4),
            row(Cause.STRIDE, 0.8, 0.4, 0.6),
            EvidenceRow.untested(Cause.MARK.label(), "there are no photos"),
            new EvidenceRow(
                Cause.CROP.label(),
                OptionalDouble.of(0.2),
                OptionalDouble.of(0.2),
                OptionalDouble.of(0.2),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                PICTURES,
                "layer cut",
                ""));
    Diagnosis diagnosis = Diagnosis.of(rows);
    assertEquals(List.of("crop", "padding"), diagnosis.labels());
    assertEquals(
        List.of(
            CauseRow.UNTESTED, CauseRow.FOUND, CauseRow.NONE, CauseRow.FOUND, CauseRow.UNDECIDED),
        diagnosis.causes().stream().map(CauseRow::verdict).toList());
    assertEquals(3e-4, diagnosis.causes().get(3).correctedP().getAsDouble(), 1e-12);
    assertTrue(diagnosis.sentence().contains("a crop that cuts"), diagnosis.sentence());
  }

  /** A stem that is padded by 2 and 3 before many layers that are padded evenly. */
  @Test
  void aWeakUnevenLayerDoesNotLead() {
    Diagnosis weak = uneven(0.03);
    assertEquals(List.of("padding", "uneven-padding"), weak.labels());
    assertTrue(weak.sentence().contains("tied to places by the padding, and by"), weak.sentence());
    assertEquals(List.of("uneven-padding", "padding"), uneven(0.3).labels());
    Diagnosis least = uneven(0.01);
    assertEquals(List.of("padding", "uneven-padding"), least.labels());
    assertTrue(least.sentence().contains("opposite sides, which does little. Mend: "));
  }

  /** TensorFlow's strides in a network that is full of zeros. */
  @Test
  void anUnevenLayerThatDoesWhatPaddingMayNotLeads() {
    EvidenceRow padding = row(Cause.PADDING, 5.9, 1e-4, 1);
    assertEquals(
        List.of("uneven-padding", "padding"), Diagnosis.of(List.of(row(0.47), padding)).labels());
    assertEquals(
        List.of("padding", "uneven-padding"), Diagnosis.of(List.of(row(0.19), padding)).labels());
  }

  /** Zeros that are the mean of the pictures do nothing that is the same in all of them. */
  @Test
  void anUnevenLayerIsNamedWhereNothingElseIs() {
    EvidenceRow padding = row(Cause.PADDING, 0.1, 1, 1e-4);
    Diagnosis diagnosis = Diagnosis.of(List.of(row(0), padding));
    assertEquals(List.of("uneven-padding"), diagnosis.labels());
    assertEquals(
        "Nothing was shown to tie what this network sees to places but padding that is uneven"
            + " between opposite sides, which does little (layer a). Mend: pad opposite sides alike"
            + " of layer a, and train again.",
        diagnosis.sentence());
    EvidenceRow even =
        new EvidenceRow(
            Cause.UNEVEN.label(),
            OptionalDouble.of(0),
            OptionalDouble.of(0),
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            PICTURES,
            "",
            "no layer reads more");
    assertEquals(List.of(), Diagnosis.of(List.of(even, padding)).labels());
  }

  private static Diagnosis uneven(double effect) {
    return Diagnosis.of(List.of(row(effect), row(Cause.PADDING, 0.6, 1e-4, 1)));
  }

  private static EvidenceRow row(double uneven) {
    return row(uneven, uneven);
  }

  private static EvidenceRow row(double uneven, double low) {
    OptionalDouble known = OptionalDouble.of(uneven);
    OptionalDouble none = OptionalDouble.empty();
    return new EvidenceRow(
        Cause.UNEVEN.label(),
        known,
        OptionalDouble.of(low),
        known,
        none,
        none,
        PICTURES,
        "layer a",
        "");
  }

  /** An effect of 0.04 whose interval begins at 0 is not shown to do anything. */
  @Test
  void anUnevenLayerIsJudgedByItsInterval() {
    Diagnosis open = Diagnosis.of(List.of(row(0.04, 0)));
    assertTrue(
        open.sentence().startsWith("Nothing was shown to tie what this network sees"),
        open.sentence());
    assertTrue(
        Diagnosis.of(List.of(row(0.04, 0.03)))
            .sentence()
            .startsWith("What this network sees is tied to places by padding that is uneven"));
  }

  @Test
  void whatTellsNoPicturesApartCanNotBeTested() {
    List<EvidenceRow> rows =
        Stream.of(Cause.PADDING, Cause.HEAD)
            .map(cause -> EvidenceRow.untested(cause.label(), Examination.ONE_LOGIT))
            .toList();
    assertEquals(
        "Nothing could be tested: the logit is the same for all pictures, or for all but one.",
        Diagnosis.of(rows).sentence());
  }

  private static EvidenceRow row(Cause cause, double value, double above, double below) {
    return new EvidenceRow(
        cause.label(),
        OptionalDouble.of(value),
        OptionalDouble.of(value / 2),
        OptionalDouble.of(value * 2),
        OptionalDouble.of(above),
        OptionalDouble.of(below),
        PICTURES,
        "",
        "");
  }

  @Test
  void aMendNamesTheLayersAlone() {
    assertEquals(
        "pad opposite sides alike of layers a; b and others, and train again",
        Diagnosis.mend(
            Cause.UNEVEN,
            "layers a: top 0, bottom 1, left 0, right 1; b: top 2, bottom 3, left 2, right 3 and"
                + " others"));
    String known = Diagnosis.mend(Cause.MISSED, "layer conv1, columns 1, 3; rows 1");
    assertTrue(known.endsWith("layer conv1"), known);
    String unknown = Diagnosis.mend(Cause.MISSED, "columns 1, 3");
    assertTrue(unknown.endsWith("sampling"), unknown);
  }

  @Test
  void aMendNamesTheFolderOfTheMarkAndTheHeadItself() {
    assertEquals(
        "paint over or crop the mark in the photos of big, wild dogs, and train again",
        Diagnosis.mend(Cause.MARK, "photos of big, wild dogs, columns 0 to 4, rows 10 to 14"));
    assertEquals(
        "put global average pooling before layer fc, and train again",
        Diagnosis.mend(Cause.HEAD, "layer fc"));
    assertEquals(
        "leave out the crop of layer cut, or bring pictures to the size that it keeps",
        Diagnosis.mend(Cause.CROP, "layer cut, columns 0 to 3; rows 0 to 3"));
  }

  /** None is said of what was shown to be absent alone. */
  @Test
  void theVerdictTellsNoneFromUndecidedAndFromNotTested() {
    EvidenceRow clear = row(Cause.HEAD, 1, 1, 0.001);
    EvidenceRow open = row(Cause.STRIDE, 1, 0.5, 0.5);
    EvidenceRow untested = EvidenceRow.untested(Cause.PADDING.label(), "no layers");
    EvidenceRow unasked = EvidenceRow.untested(Cause.MARK.label(), CauseRow.NO_PHOTOS);
    EvidenceRow found = row(Cause.HEAD, 1, 0.001, 1);
    assertEquals("none", Diagnosis.of(List.of(clear, unasked)).verdict());
    assertEquals("undecided", Diagnosis.of(List.of(clear, open, untested)).verdict());
    assertEquals("not tested", Diagnosis.of(List.of(clear, untested)).verdict());
    assertEquals("found", Diagnosis.of(List.of(found, open, untested)).verdict());
  }

  @Test
  void unreadLinesAreToldByWhereTheyLie() {
    Canvas canvas = new Canvas(20, 10);
    double[] strength = new double[200];
    Arrays.fill(strength, 1);
    for (int i = 0; i < 200; i++) {
      if (canvas.x(i) < 3 || canvas.x(i) == 9 || canvas.y(i) == 9) {
        strength[i] = 0;
      }
    }
    ReadPixels read = ReadPixels.of(canvas, strength);
    assertEquals("columns 0 to 2", ReadPixels.text(read.cut(false)));
    assertEquals("columns 9", ReadPixels.text(read.missed()));
    assertEquals(0.15, read.share(read.cut(false)), 1e-12);
  }

  @Test
  void anUnknownCauseIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Cause.parse("paddign")).getMessage();
    assertTrue(message != null && message.contains("padding"), message);
  }

  /** Of a network whose derivatives are the pictures themselves. */
  @Test
  void theCorrelationOfMapsIsOneOfThoseThatItIsHeldAgainst() {
    Canvas canvas = Canvas.square(8);
    OwnMaps maps =
        OwnMaps.of(
            new Itself(canvas),
            Examination.Scene.drawn(canvas, 8, 1),
            Examination.Scene.drawn(canvas, 2, 2),
            random);
    double stayed = maps.stayed();
    assertTrue(Math.abs(stayed) < 1, "is a correlation: " + stayed);
    assertTrue(
        Arrays.stream(maps.rolled(999, random)).anyMatch(each -> Math.abs(each - stayed) < 1e-12));
  }

  /** A corner that is bright in the photos of one folder is where its map is highest. */
  @Test
  void aMapByClassIsHighWhereItsPhotosAre() {
    Canvas canvas = Canvas.square(32);
    List<Raster> photos = Examination.Scene.drawn(canvas, 16, 1);
    List<Raster> dogs =
        photos.subList(0, 8).stream()
            .map(photo -> Scenes.patched(photo, new Scenes.Box(28, 0, 32, 4), white(canvas)))
            .toList();
    OwnMaps.ByClass made =
        OwnMaps.ByClass.of(
            new Itself(canvas),
            List.of(
                new Examination.PhotoFolder("dog", dogs),
                new Examination.PhotoFolder("cat", photos.subList(8, 16))),
            8);
    ClassMapRow dog = made.rows().get(0);
    assertEquals("dog", dog.group());
    assertEquals(8, dog.photos());
    assertTrue(dog.left() >= 28 && dog.top() < 4 && dog.width() == 2, dog.toString());
    assertTrue(dog.peak() > 1.4 * dog.others(), dog.toString());
    assertTrue(made.rows().get(1).left() < 28 || made.rows().get(1).top() >= 4);
  }

  private static Raster white(Canvas canvas) {
    return Scenes.plain(canvas, 1);
  }

  private record Itself(Canvas canvas) implements DifferentiableClassifier {
    @Override
    public String name() {
      return "itself";
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return new float[pictures.size()];
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return pictures.stream().map(Raster::grayValues).toList();
    }

    @Override
    public void close() {}
  }

  @Test
  void aReflectedPaddingIsNotToBeReflected() {
    assertEquals(
        "pad by reflection or wrap around, most of all in layer a, and train again",
        Diagnosis.mend(Cause.PADDING, "zero padding, most of all in layer a"));
    assertEquals(
        "let the padding wrap around, most of all in layer a, and train again",
        Diagnosis.mend(Cause.PADDING, "reflect padding, most of all in layer a"));
  }
}
