package org.whisker.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoTableTest {
  @TempDir Path temp;

  private PhotoTable table(String text) throws IOException {
    Files.writeString(temp.resolve("photos.csv"), text);
    return PhotoTable.open(temp.resolve("photos.csv"));
  }

  private static List<String> names(PhotoSet set) {
    return set.photos().stream()
        .map(photo -> photo.file().getFileName() + " " + photo.label().folder())
        .toList();
  }

  @Test
  void theColumnSaysTheSplit() throws IOException {
    PhotoTable table =
        table(
            "\uFEFF"
                .concat(
                    """
                    path,label,split,note
                    a.png,cat,train,x
                     b.png , 1 , Train ,"two
                    lines"
                    c.png,0,test,
                    d.png,not_cat,test,
                    """));
    assertTrue(table.hasSplits());
    assertEquals(List.of("a.png cat", "b.png not_cat"), names(table.split("train")));
    assertEquals(List.of("c.png cat", "d.png not_cat"), names(table.split("test")));
    assertEquals(4, table.all().photos().size());
    assertEquals(temp.resolve("a.png"), table.split("train").photos().get(0).file());
    assertTrue(table.find("val").isEmpty());
    refused("no row of split val; it has [test, train]", () -> table.split("val"));
  }

  @Test
  void withoutTheColumnTheFilesBytesDraw() throws IOException {
    StringBuilder text = new StringBuilder("path,label\n");
    for (int i = 0; i < 400; i++) {
      Files.writeString(temp.resolve(i + ".png"), "photo " + i, StandardCharsets.UTF_8);
      text.append(i).append(".png,").append(i % 2).append('\n');
    }
    PhotoTable table = table(text.toString());
    assertFalse(table.hasSplits());
    int train = table.split("train").photos().size();
    int val = table.split("val").photos().size();
    assertEquals(280, train, 30);
    assertEquals(60, val, 20);
    assertEquals(400, train + val + table.split("test").photos().size());
    // python3: zlib.crc32(b"photo 0") % 100, and so on
    assertTrue(names(table.split("train")).contains("0.png cat"));
    assertTrue(names(table.split("test")).contains("16.png cat"));
  }

  @Test
  void namesTheLineOfWhatIsWrong() {
    refused("line 3: the label 'dog' is none", () -> table("path,label\na,cat\nb,dog\n"));
    refused(
        "line 4: the split 'later' is none of train, val and test",
        () -> table("path,label,split\n\na,cat,train\nb,1,later\n").forTraining());
    refused(
        "line 4: " + temp.resolve("a") + " has another label or split in line 2",
        () -> table("path,label\na,cat\nb,1\na,1\n"));
    refused("line 3: ", () -> table("path,label,split\na,cat,train\na,cat,test\n"));
    refused(
        "(train) lists no photo with the label not_cat",
        () -> table("path,label,split\na,cat,train\n").split("train"));
    refused("is not UTF-8 text; name a folder, or a CSV", this::latin);
  }

  private PhotoTable latin() throws IOException {
    Files.write(temp.resolve("latin.csv"), new byte[] {'p', (byte) 0xE9, '\n'});
    return PhotoTable.open(temp.resolve("latin.csv"));
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static void refused(String words, Reading reading) {
    String message = assertThrows(IOException.class, reading::read).toString();
    assertTrue(message.contains(words), message);
  }
}
