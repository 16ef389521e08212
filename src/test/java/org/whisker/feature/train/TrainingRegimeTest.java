package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelStore;
import org.whisker.feature.train.TrainArguments.TeachingRecord;
import org.whisker.option.Option;
import org.whisker.torch.Precision;
import org.whisker.training.TrainingTask.TrainingOptions;

class TrainingRegimeTest {
  private static final TrainingRegime ALL =
      new TrainingRegime(
          8,
          32,
          0.01,
          0.1,
          1.5,
          0.2,
          3.0,
          0.5,
          0.6,
          1.5,
          0.01,
          0.02,
          0.03,
          0.25,
          "inverted",
          true,
          "float32",
          9);

  private static TrainingRecord record(int epochs, long seed, Map<String, String> options) {
    return new TrainingRecord("photos", false, Map.of(), epochs, seed, options);
  }

  @Test
  void everyRecordedOptionIsReadBack() {
    for (Kind kind : Kind.values()) {
      Map<String, String> named = TrainingRegime.named(ALL.options(kind), Precision.FLOAT32);
      named.put(TrainingRecord.COLOUR, "true"); // a recipe adds it by its input
      assertEquals(TrainingRegime.class.getRecordComponents().length - 2, named.size());
      assertEquals(ALL, TrainingRegime.recorded(record(8, 9, named)));
    }
  }

  /** Help tells defaults that hang on the architecture, which an annotation can't compute. */
  @Test
  void helpTellsTheDefaultsThatHold() {
    Pattern told =
        Pattern.compile("Default: ([0-9]+(?:[./][0-9]+)?)(?: \\(vgg16\\), ([0-9]+[.][0-9]+))?[.,]");
    int found = 0;
    for (RecordComponent each : TrainingRegime.class.getRecordComponents()) {
      Option option = each.getAnnotation(Option.class);
      Matcher matcher = told.matcher(option == null ? "" : String.join(" ", option.help()) + " ");
      if (matcher.find()) {
        String name = option.names()[0].substring(2);
        String vgg = matcher.group(1).equals("4/3") ? "" + 4 / 3.0 : matcher.group(1);
        String other = matcher.group(2) == null ? vgg : matcher.group(2);
        assertEquals(Double.parseDouble(vgg), usual(Kind.VGG16, name), name);
        assertEquals(Double.parseDouble(other), usual(Kind.INCEPTION_RESNET_V2, name), name);
        found++;
      }
    }
    assertEquals(12, found);
  }

  private static double usual(Kind kind, String name) {
    Map<String, String> named =
        TrainingRegime.named(TrainingRegime.standard().options(kind), Precision.BFLOAT16);
    return Double.parseDouble(Objects.requireNonNull(named.get(name)));
  }

  @Test
  void whatACardDoesNotTellIsAsTheEmbeddedClassifiersWereTrained() {
    TrainingRegime told = TrainingRegime.recorded(record(40, 1, Map.of()));
    assertEquals(TrainingRegime.standard(), told);
    assertEquals(TrainingOptions.defaults(40, 1), told.options(Kind.INCEPTION_RESNET_V2));
    assertEquals(Precision.BFLOAT16, told.computePrecision());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg16-mini", "inception-resnet-v2-mini"})
  void cardsOfTheEmbeddedClassifiersAreReadBack(String model) throws IOException {
    ModelCard card = new ModelStore(Path.of("models")).card(model);
    TrainingRecipe recipe = TrainingRecipe.of(card);
    assertEquals(Precision.BFLOAT16, recipe.precision());
    TrainingRecord training = card.training();
    assertNotNull(training);
    assertEquals("mobilenet-v2-cats", training.options().get(TeachingRecord.KEY));
    // without the teacher, all else is as it was
    assertEquals(TeachingRecord.without(training).options(), recipe.named());
    assertEquals(training.epochs(), recipe.options().epochs());
  }

  @Test
  void anUnknownOptionIsRefusedInOneLine() {
    assertEquals(
        "its card tells of a training that this whisker can't repeat: unknown option 'mixup'",
        refusal(Map.of("mixup", "0.2")));
    assertEquals(
        "its card tells of a training that this whisker can't repeat: batch is 'many', expected a"
            + " number",
        refusal(Map.of("batch", "many")));
    String precision = refusal(Map.of("precision", "float8"));
    assertTrue(precision.contains("float8"), precision);
    assertEquals(1, precision.lines().count());
  }

  private static String refusal(Map<String, String> options) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> TrainingRegime.recorded(record(40, 1, options)))
            .getMessage());
  }
}
