package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.training.TeacherRounds.TaughtViews;

class TeacherRoundsTest {
  private static final int PHOTOS = 2 * TeacherRounds.SHARD + 10;
  private static final Canvas STUDENT = Canvas.square(8);

  @TempDir Path folder;
  private final MeanTeacher model = new MeanTeacher(16);

  private static List<CachedPhoto> photos() throws IOException {
    return MemoryPhotos.of(PHOTOS / 2, PHOTOS / 2);
  }

  private TeacherRounds logits(long seed) throws IOException {
    TaughtViews views = new TaughtViews(photos(), Augmentation.standard(), seed, 0.5, STUDENT, 1);
    return new TeacherRounds(model.teacher(MeanTeacher.how(2, 0.5, 4)), views, "photos", folder);
  }

  private float[] all(int round) throws IOException {
    try (TeacherRounds logits = logits(1)) {
      return logits.of(round, done -> {}, () -> false).orElseThrow();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void eachPictureIsScoredOnceAtTheTeachersSize() throws IOException {
    float[] first = all(0);
    assertEquals(PHOTOS, first.length);
    assertEquals(PHOTOS, model.shown.size());
    TaughtViews views = new TaughtViews(photos(), Augmentation.standard(), 1, 0.5, STUDENT, 1);
    for (int photo : List.of(0, 511, 512, PHOTOS - 1)) {
      float[] seen = views.picture(0, photo, Canvas.square(16));
      assertArrayEquals(seen, model.shown.get(photo));
      assertEquals(model.logit(seen), first[photo]);
    }
    assertEquals(3, files().size());
    assertTrue(model.closed);

    assertArrayEquals(first, all(0));
    assertEquals(1, model.opened, "with all logits on disk, the teacher is not needed");
    assertNotEquals(first[0], all(1)[0]);
    assertEquals(6, files().size());
  }

  @Test
  void otherViewsAreOtherFiles() throws IOException {
    all(0);
    try (TeacherRounds other = logits(2)) {
      other.of(0, done -> {}, () -> false);
    }
    assertEquals(6, files().size());
  }

  @Test
  void stoppedItKeepsWhatIsWholeAndGoesOn() throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> told = new ArrayList<>();
    try (TeacherRounds logits = logits(1)) {
      Optional<float[]> made =
          logits.of(
              0,
              done -> {
                told.add(done);
                stop.set(done > TeacherRounds.SHARD);
              },
              stop::get);
      assertEquals(Optional.empty(), made);
    }
    assertTrue(told.get(told.size() - 1) > TeacherRounds.SHARD, told.toString());
    assertEquals(1, files().size());
    model.shown.clear();
    float[] resumed = all(0);
    assertEquals(PHOTOS - TeacherRounds.SHARD, model.shown.size());
    for (Path file : files()) {
      Files.delete(file);
    }
    assertArrayEquals(all(0), resumed);
  }

  @Test
  void damagedFilesAreMadeAgain() throws IOException {
    float[] expected = all(0);
    List<Path> files = files();
    List<byte[]> whole = new ArrayList<>();
    for (Path file : files) {
      whole.add(Files.readAllBytes(file));
    }
    byte[] flipped = whole.get(0).clone();
    flipped[flipped.length - 3] ^= 1;
    Files.write(files.get(0), flipped);
    Files.write(files.get(1), java.util.Arrays.copyOf(whole.get(1), 100));
    Files.write(files.get(2), new byte[0]);
    assertArrayEquals(expected, all(0));
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(whole.get(i), Files.readAllBytes(files.get(i)));
    }
    Files.copy(files.get(0), files.get(1), StandardCopyOption.REPLACE_EXISTING);
    assertArrayEquals(expected, all(0));
    assertArrayEquals(whole.get(1), Files.readAllBytes(files.get(1)), "a file of other pictures");
  }

  @Test
  void aTeacherThatGivesNoNumberIsRefused() throws IOException {
    model.scale = Float.NaN;
    String message = assertThrows(IOException.class, () -> all(0)).toString();
    assertTrue(message.contains("the teacher mean gives NaN for a picture"), message);
    assertEquals(List.of(), files());
  }

  @Test
  void impossibleNumbersAreRefused() {
    refused("temperature must be above 0 and at most 100, was 0.0", 0, 0.5, 3);
    refused("temperature must be above 0 and at most 100, was NaN", Double.NaN, 0.5, 3);
    refused("mixup must be a share from 0 to 1, was 1.5", 2, 1.5, 3);
    refused("views must be at least 1, was 0", 2, 0.5, 0);
    assertFalse(new MeanTeacher(16).teacher(MeanTeacher.how(1, 0, 1)).seesAll(new Canvas(8, 6)));
  }

  private static void refused(String words, double temperature, double mixup, int views) {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> MeanTeacher.how(temperature, mixup, views))
            .toString()
            .contains(words));
  }
}
