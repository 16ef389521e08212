package org.whisker.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.dataset.PhotoFolder.PhotoOrigins;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;

class PhotoFolderTest {
  @TempDir Path temp;

  @Test
  void listsCatsFirstAndEachByName() throws IOException {
    touch("cat/b_2.jpg", "cat/a_10.PNG", "not_cat/c_1.jpeg");
    touch("cat/notes.txt", "cat/.jpg", "cat/README");
    Files.createDirectories(temp.resolve("cat/folder.jpg"));

    PhotoFolder folder = PhotoFolder.open(temp);

    assertEquals(
        List.of(
            new Photo(temp.resolve("cat/a_10.PNG"), Label.CAT, "a"),
            new Photo(temp.resolve("cat/b_2.jpg"), Label.CAT, "b"),
            new Photo(temp.resolve("not_cat/c_1.jpeg"), Label.NOT_CAT, "c")),
        folder.photos());
    assertEquals(2, count(folder, Label.CAT));
    assertEquals(1, count(folder, Label.NOT_CAT));
  }

  @Test
  void whereNoFileIsAnImageOneIsNamed() throws IOException {
    touch("cat/.hidden", "cat/b.txt", "cat/a.raw", "not_cat/a.png");
    assertTells(temp, temp.resolve("cat") + " has no images", "png", "a.raw is none");
  }

  /** Photos of a telephone: whoever reads them says that they can't be read. */
  @Test
  void photosOfAKindThatIsNotReadAreNotPassedOver() throws IOException {
    touch("cat/b.webp", "cat/a.HEIC", "cat/notes.txt", "not_cat/a.avif");
    assertEquals(
        List.of("a.HEIC", "b.webp", "a.avif"),
        PhotoFolder.open(temp).photos().stream()
            .map(photo -> photo.file().getFileName().toString())
            .toList());
  }

  @Test
  void catIsClassZero() {
    assertEquals(0, Label.CAT.classIndex());
    assertEquals(1, Label.NOT_CAT.classIndex());
  }

  @Test
  void takesOriginFromTheName() {
    assertEquals("kaggle_dvc", PhotoOrigins.fromName("kaggle_dvc_00005.jpg"));
    assertEquals("a_1", PhotoOrigins.fromName("a_1_2.jpg"));
    assertEquals("unknown", PhotoOrigins.fromName("tom.jpg"));
    assertEquals("unknown", PhotoOrigins.fromName("_1.jpg"));
  }

  @Test
  void takesOriginFromTheManifestOfTheParent() throws IOException {
    touch("test/cat/x_1.jpg", "test/cat/x_2.jpg", "test/not_cat/x_3.jpg");
    Files.writeString(
        temp.resolve("MANIFEST.csv"),
        """
        file,class,split,origin
        test/cat/x_1.jpg,cat,test,shelter
        test/not_cat/x_3.jpg,not_cat,test,"streets, parks"
        """);

    List<String> origins =
        PhotoFolder.open(temp.resolve("test")).photos().stream().map(Photo::origin).toList();

    assertEquals(List.of("shelter", "x", "streets, parks"), origins);
  }

  @Test
  void prefersTheManifestOfTheFolderItself() throws IOException {
    touch("test/cat/x_1.jpg", "test/not_cat/x_3.jpg");
    Files.writeString(temp.resolve("MANIFEST.csv"), "file,origin\ntest/cat/x_1.jpg,outer\n");
    Files.writeString(temp.resolve("test/MANIFEST.csv"), "file,origin\ncat/x_1.jpg,inner\n");

    assertEquals("inner", PhotoFolder.open(temp.resolve("test")).photos().get(0).origin());
  }

  @Test
  void refusesABrokenManifest() throws IOException {
    touch("cat/x_1.jpg", "not_cat/x_2.jpg");
    Path manifest = temp.resolve("MANIFEST.csv");
    Files.writeString(manifest, "name,where\n");
    assertTells(temp, manifest.toString(), "[file, origin]");
    Files.writeString(manifest, "file,origin\ncat/x_1.jpg\n");
    assertTells(temp, manifest.toString(), "row 1");
    Files.writeString(manifest, "file,origin\ncat/x_1.jpg, \n");
    assertTells(temp, manifest.toString(), "row 1");
    Map<String, String> broken =
        Map.of(
            "file,origin,,\n", "A header name is missing",
            "file,origin\n\"cat/x_1.jpg,x\n", "(startline 2) EOF");
    for (Map.Entry<String, String> each : broken.entrySet()) {
      Files.writeString(manifest, each.getKey());
      assertTells(
          temp, manifest + " is no CSV of file,origin: " + each.getValue(), "mend or remove");
    }
    Files.write(manifest, new byte[] {'f', (byte) 0xe4});
    assertTells(temp, manifest + " is not UTF-8 text");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheManifest() throws IOException {
    touch("cat/x_1.jpg", "not_cat/x_2.jpg");
    Files.writeString(temp.resolve("MANIFEST.csv"), "\ufefffile,origin\r\ncat/x_1.jpg,named\r\n");
    assertEquals("named", PhotoFolder.open(temp).photos().get(0).origin());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertTells(temp.resolve("nowhere"), temp.resolve("nowhere") + " not found", "not_cat/");
    assertTells(temp, temp + " has no folder cat/");
    touch("cat/a_1.jpg");
    assertTells(temp, temp + " has no folder not_cat/");
    Files.createDirectories(temp.resolve("not_cat"));
    assertTells(temp, temp.resolve("not_cat") + " has no images", "jpg");
    assertTells(temp.resolve("cat/a_1.jpg"), "is not a folder");
  }

  @Test
  void hintsAtTheSplits() throws IOException {
    touch("test/cat/x_1.jpg", "test/not_cat/x_3.jpg");
    assertTells(temp, "such as " + temp.resolve("test"));
  }

  private static long count(PhotoFolder folder, Label label) {
    return folder.photos().stream().filter(photo -> photo.label() == label).count();
  }

  private static void assertTells(Path folder, String... parts) {
    String message = assertThrows(IOException.class, () -> PhotoFolder.open(folder)).toString();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count());
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
