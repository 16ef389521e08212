package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassWordsTest {
  private final ClassWords dog = new ClassWords("dog");

  @Test
  void theClassStandsInPlaceOfCat() {
    assertEquals(
        "p(dog), logit of not-dog; below 0: dog. 9 of 12 are dogs, dog-like. Dogs",
        dog.in("p(cat), logit of not-cat; below 0: cat. 9 of 12 are cats, cat-like. Cats"));
    assertEquals("An orange, no orange", new ClassWords("orange").in("A cat, no cat"));
    assertEquals(
        "a not-orange, foxes",
        new ClassWords("orange").in("a not-cat, ") + new ClassWords("fox").in("cats"));
    assertEquals("P(DOG) LOWEST", dog.in("P(CAT) LOWEST"));
    assertEquals("9 class 7 images", new ClassWords("class 7").in("9 cats"));
    assertEquals("9 daisies", new ClassWords("daisy").in("9 cats"));
    assertEquals("9 monkeys", new ClassWords("monkey").in("9 cats"));
    assertEquals("9 tench, Tinca tinca images", new ClassWords("tench, Tinca tinca").in("9 cats"));
  }

  @Test
  void ofTwoClassesTheOtherIsNamed() {
    assertEquals(
        "p(dog against wolf), logit of wolf, a dog",
        new ClassWords("dog against wolf").in("p(cat), logit of not-cat, a cat"));
    assertEquals("P(DOG) MEAN", new ClassWords("dog against wolf").in("P(CAT) MEAN"));
  }

  @Test
  void namesOfFilesAndOptionsStay() {
    String names = "docs/cat.png cat.png photos/cat/1.png cats.onnx --cat mobilenet-v2-cats";
    assertEquals(names, dog.in(names));
    assertEquals("cat: p(dog) 0.3", dog.in("cat: p(cat) 0.3"));
    assertEquals("cat", dog.in("cat"));
    assertEquals("scattered category cut", dog.in("scattered category cut"));
  }

  @Test
  void aCatByItsNameIsOne() {
    assertTrue(new ClassWords("tabby cat").areUsual());
    assertEquals("a cat", new ClassWords("tabby cat").in("a cat"));
  }

  @Test
  void aManifestSaysTheClass(@TempDir Path folder) throws IOException {
    assertTrue(ClassWords.of(folder).areUsual());
    Path below = Files.createDirectories(folder.resolve("runs/1"));
    write(folder, "{\"format\":1,\"model\":{\"name\":\"a\",\"sha256\":\"0\",\"class\":\"dog\"}}");
    assertEquals("dog", ClassWords.of(below).name());
    write(
        folder,
        "{\"format\":1,\"models\":[{\"name\":\"a\",\"sha256\":\"0\",\"class\":\"dog\"},"
            + "{\"name\":\"b\",\"sha256\":\"1\"}]}");
    assertEquals("target", ClassWords.of(folder).name());
    write(folder, "{\"format\":1,\"command\":\"dataset check\",\"class\":\"dog\"}");
    assertEquals("dog", ClassWords.of(folder).name());
  }

  /** It is read once for all tables of a folder. */
  @Test
  void aManifestIsReadAgainWhenItIsAnotherFile(@TempDir Path folder) throws IOException {
    for (String name : List.of("dog", "cow", "pig")) {
      String text = "{\"format\":1,\"name\":\"a\",\"sha256\":\"0\",\"class\":\"" + name + "\"}";
      Path next = Files.writeString(folder.resolve("next"), text);
      Files.move(next, folder.resolve(Manifest.NAME), StandardCopyOption.REPLACE_EXISTING);
      assertEquals(name, ClassWords.of(folder).name());
      assertEquals(name, ClassWords.of(folder).name());
    }
  }

  @Test
  void whatAUserNamedStays(@TempDir Path folder) throws IOException {
    ClassWords words = dog.keeping(List.of("pictures/my cat", "--model=old cat@dog", "cat"));
    String named = "p(dog) of my cat, old cat@dog: written to pictures/my cat";
    assertEquals(named, words.in(named.replace("p(dog)", "p(cat)")));
    assertEquals("my cat", words.in("my cat"));
    assertEquals("a dog, my dogs, tommy dog", words.in("a cat, my cats, tommy cat"));
    assertEquals("a cat 1.png of a dog", dog.in("a cat 1.png of a cat"));
    Path out = Files.createDirectories(folder.resolve("one cat/figures"));
    write(
        folder.resolve("one cat"),
        "{\"format\":1,\"model\":{\"name\":\"a\",\"sha256\":\"0\",\"class\":\"dog\"},"
            + "\"answer\":\"by no cat\",\"images\":[{\"name\":\"big cat\",\"files\":[]}]}");
    assertEquals(
        "big cat, by no dog, in " + folder.resolve("one cat"),
        ClassWords.of(out).in("big cat, by no cat, in " + folder.resolve("one cat")));
  }

  private static void write(Path folder, String manifest) throws IOException {
    Files.writeString(folder.resolve(Manifest.NAME), manifest);
  }

  /** The name stands in drawings as it is. */
  @Test
  void aClassThatNoCardTakesIsPassedOver(@TempDir Path folder) throws IOException {
    for (String name : new String[] {"<b>dog", "dog\\u001b[2J", "d".repeat(300)}) {
      write(folder, "{\"format\":1,\"name\":\"a\",\"sha256\":\"0\",\"class\":\"" + name + "\"}");
      assertTrue(ClassWords.of(folder).areUsual(), name);
    }
  }
}
