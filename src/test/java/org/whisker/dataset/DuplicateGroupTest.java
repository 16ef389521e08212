package org.whisker.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.dataset.DuplicateGroup.CheckedPhoto;
import org.whisker.dataset.DuplicateGroup.PerceptualHash;
import org.whisker.dataset.DuplicateGroup.PhotoRings;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;
import org.whisker.random.SplitMix64;

class DuplicateGroupTest {
  @TempDir Path folder;

  /** Blobs, as smooth as photos are. */
  private static GrayImage photo(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] small = new float[36];
    for (int i = 0; i < small.length; i++) {
      small[i] = (float) random.nextDouble();
    }
    return Resample.resize(new GrayImage(Canvas.square(6), small), new Canvas(90, 70));
  }

  private static GrayImage noisy(GrayImage image, double amplitude) {
    SplitMix64 random = new SplitMix64(1);
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (amplitude * (random.nextDouble() - 0.5));
    }
    return new GrayImage(image.canvas(), values);
  }

  private static CheckedPhoto checked(String name, String split, Label label, GrayImage image) {
    ListedPhoto photo = new ListedPhoto(Path.of(name), label, split);
    return new CheckedPhoto(
        photo, image.canvas(), "hash of " + name, PerceptualHash.of(image), PhotoRings.of(image));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aPhotoResizedDarkenedAndNoisyIsNear(long seed) {
    GrayImage image = photo(seed);
    PerceptualHash look = PerceptualHash.of(image);
    assertTrue(look.near(PerceptualHash.of(Resample.resize(image, new Canvas(40, 40)))));
    assertTrue(look.near(PerceptualHash.of(noisy(image, 0.2))));
    float[] dark = image.values().clone();
    for (int i = 0; i < dark.length; i++) {
      dark[i] *= 0.5f;
    }
    assertTrue(look.near(PerceptualHash.of(new GrayImage(image.canvas(), dark))));
    assertFalse(look.near(PerceptualHash.of(photo(seed + 100))));
    float[] negative = image.values().clone();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = 1 - negative[i];
    }
    assertFalse(look.near(PerceptualHash.of(new GrayImage(image.canvas(), negative))));
  }

  @Test
  void flatPhotosResembleNothing() {
    GrayImage white = new GrayImage(Canvas.square(20), new float[400]);
    assertTrue(PerceptualHash.of(white).isFlat());
    assertFalse(PerceptualHash.of(white).near(PerceptualHash.of(white)));
  }

  @Test
  void groupsCrossSplitsAndLabels() {
    GrayImage a = photo(1);
    GrayImage b = photo(2);
    List<CheckedPhoto> photos = new ArrayList<>();
    photos.add(checked("a", "train", Label.CAT, a));
    photos.add(checked("b", "train", Label.CAT, b));
    photos.add(checked("c", "train", Label.CAT, photo(3)));
    photos.add(checked("a again", "test", Label.CAT, noisy(a, 0.1)));
    CheckedPhoto sameFile =
        new CheckedPhoto(
            new ListedPhoto(Path.of("b2"), Label.NOT_CAT, "train"),
            b.canvas(),
            "hash of b",
            PerceptualHash.of(b),
            PhotoRings.of(b));
    photos.add(sameFile);
    photos.add(checked("a third", "train", Label.CAT, noisy(a, 0.2)));
    List<DuplicateGroup> groups = DuplicateGroup.find(photos);
    assertEquals(2, groups.size());
    DuplicateGroup near = groups.get(0);
    assertEquals(List.of(photos.get(0), photos.get(3), photos.get(5)), near.photos());
    assertFalse(near.exact() || near.crossesLabels());
    assertTrue(near.crossesSplits());
    DuplicateGroup exact = groups.get(1);
    assertTrue(exact.exact() && exact.crossesLabels());
    assertFalse(exact.crossesSplits());
  }

  @Test
  void aCsvListsPhotos() throws IOException {
    Path csv = folder.resolve("photos.csv");
    Files.writeString(csv, "label,path,split\ncat,a.png,train\n1,b/c.png,test\nNOT_CAT,d.png,\n");
    assertEquals(
        List.of(
            new ListedPhoto(folder.resolve("a.png"), Label.CAT, "train"),
            new ListedPhoto(folder.resolve("b/c.png"), Label.NOT_CAT, "test"),
            new ListedPhoto(folder.resolve("d.png"), Label.NOT_CAT, "")),
        DatasetListing.of(csv));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file,label\\nx,cat | it needs path and label",
        "path,label\\nx,dog | line 2: the label 'dog' is none of",
        "path,label\\nx,cat\\ny | line 3: a column is missing",
        "path,label | has no photos",
      })
  void wrongCsvs(String text, String part) throws IOException {
    Path csv = folder.resolve("photos.csv");
    Files.writeString(csv, text.replace("\\n", "\n"));
    String message =
        String.valueOf(assertThrows(IOException.class, () -> DatasetListing.of(csv)).getMessage());
    assertTrue(message.startsWith(csv.toString()) && message.contains(part), message);
  }
}
