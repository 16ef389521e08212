package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  private static final ClassNames NAMES =
      new ClassNames(List.of("tench", "tabby, tabby cat", "dog's toy", "fox"));
  private static final Output FOUR = new Output(Output.Form.LOGITS, 4, List.of(0));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench\ntabby, tabby cat\ndog's toy\nfox\n",
        "{0: 'tench', 1: 'tabby, tabby cat', 2: \"dog's toy\", 3: 'fox'}",
        "[\"tench\", \"tabby, tabby cat\", \"dog's toy\", \"fox\"]",
        "{\"1\": [\"n02123045\", \"tabby, tabby cat\"], \"0\": [\"n01440764\", \"tench\"],"
            + " \"2\": [\"n1\", \"dog's toy\"], \"3\": [\"n2\", \"fox\"]}"
      })
  void namesAreReadAsTheyComeAbout(String text) {
    assertEquals(NAMES, ClassNames.parse(text));
  }

  @Test
  void aClassWithoutANameBetweenOthersLeavesAllUnnamed() {
    assertEquals(List.of(), ClassNames.parse("{0: 'tench', 2: 'fox'}").names());
  }

  @Test
  void anIndexThatIsNamedTwiceLeavesAllUnnamed() {
    assertEquals(List.of(), ClassNames.parse("{\"0\": \"tench\", \"0\": \"fox\"}").names());
  }

  @Test
  void aNameHoldsNothingThatMovesACursorAndIsNotEndless() {
    String escape = "t\u001b[31mench\n" + "x".repeat(5_000_000) + "\n";
    List<String> names = ClassNames.parse(escape).names();
    assertEquals("t [31mench", names.get(0));
    assertEquals(1001, names.get(1).length());
  }

  @Test
  void classesAreAskedForByNameNumberOrBoth() {
    assertEquals("logits of 4 classes, fox = class 3", label("fox"));
    assertEquals("logits of 4 classes, tabby = class 1", label("Tabby cat"));
    assertEquals("logits of 4 classes, tabby = class 1", label("1"));
    assertEquals("logits of 4 classes, dog-s toy = class 2", label("dog's toy"));
    assertEquals("logits of 4 classes, pets = classes 1,2", label("pets=1,2"));
    assertEquals("logits of 4 classes, classes 0 and 3 = classes 0,3", label("0,3"));
    assertEquals(
        "logits of 4 classes, class 3 against class 1 = class 3 against 1", unnamed("3:1"));
    assertEquals(
        "logits of 4 classes, a against b = classes 0,3 against 1,2", label("a=0,3:b=1,2"));
    assertThrows(IllegalArgumentException.class, () -> label("3:3"));
    assertThrows(IllegalArgumentException.class, () -> label("4"));
    assertThrows(IllegalArgumentException.class, () -> label("wolf"));
  }

  /** ImageNet has two cranes, and a polecat that is also called a skunk's name. */
  @Test
  void aNameOfTwoClassesIsNotGuessedAt() {
    ClassNames twice = new ClassNames(List.of("crane", "skunk, polecat", "polecat", "crane"));
    assertEquals("logits of 4 classes, polecat = class 2", twice.target(FOUR, "polecat").label());
    String told =
        assertThrows(IllegalArgumentException.class, () -> twice.target(FOUR, "Crane"))
            .getMessage();
    assertEquals("classes 0 and 3 are called 'Crane'; name one by its number", told);
  }

  @Test
  void aClassIsHeldAgainstOneOther() {
    assertThrows(IllegalArgumentException.class, () -> label("tench:tabby:fox"));
  }

  @Test
  void aClassWhoseNameHasNoLetterOfACardIsCalledByItsNumber() {
    ClassNames names = new ClassNames(List.of("猫", "", "犬", "fox"));
    assertEquals("logits of 4 classes, class 0 = class 0", names.target(FOUR, "0").label());
    assertEquals("logits of 4 classes, class 1 = class 1", names.target(FOUR, "1").label());
    assertEquals("logits of 4 classes, class 2 = class 2", names.target(FOUR, "犬").label());
  }

  @Test
  void aModelOfALongNameCanBeAskedForAnotherClass() {
    Output dog = FOUR.of(List.of(1), "dog..s " + "d".repeat(50));
    String name = "m".repeat(98);
    assertEquals(name + "-d", ModelCards.mini(name).asking(dog).name());
    assertTrue(ModelCards.mini("m").asking(dog).name().startsWith("m-dog.s_d"));
  }

  private static String unnamed(String asked) {
    return new ClassNames(List.of()).target(FOUR, asked).label();
  }

  private static String label(String asked) {
    Output output = NAMES.target(FOUR, asked);
    assertEquals(output, Output.parse(output.label()));
    return output.label();
  }

  @Test
  void oneOutputCanBeAboutAnythingAndIsReadBack() {
    Output dog = new Output(Output.Form.LOGIT, 1, List.of(0), "dog");
    assertEquals("sigmoid logit of not-dog, dog = class 0", dog.label());
    assertEquals(dog, Output.parse(dog.label()));
    assertTrue(dog.isNotCatLogit());
    assertFalse(dog.isOfCat());
    assertTrue(Output.NOT_CAT_LOGIT.isOfCat());
  }

  @Test
  void theyLieBesideTheCard(@TempDir Path folder) throws IOException {
    assertEquals(List.of(), ClassNames.of(folder).names());
    NAMES.write(folder);
    assertEquals(NAMES, ClassNames.of(folder));
    assertEquals("class 9", NAMES.name(9));
  }

  /** Each name keeps its class, whatever it holds. */
  @Test
  void aNameOfSeveralLinesOrNoneIsStillOne(@TempDir Path folder) throws IOException {
    ClassNames odd = ClassNames.parse("{0: '', 1: 'a\nb', 2: '[fox'}");
    assertEquals(List.of("", "a b", "[fox"), odd.names());
    odd.write(folder);
    assertEquals(odd, ClassNames.of(folder));
    new ClassNames(List.of("[x]", "fox")).write(folder);
    assertEquals("fox", ClassNames.of(folder).name(1));
    assertEquals(List.of("tench", "fox"), ClassNames.parse("\ufefftench\r\nfox\n\n").names());
    assertEquals(NAMES.names().subList(0, 1), ClassNames.parse("\ufeff[\"tench\"]").names());
    assertEquals(List.of(), ClassNames.parse(" \n").names());
  }
}
