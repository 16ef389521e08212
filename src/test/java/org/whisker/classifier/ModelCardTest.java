package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks.UnknownLayersException;

class ModelCardTest {
  private final ModelCard card = ModelCards.mini("a-mini");

  @Test
  void roundTrip() throws IOException {
    assertEquals(card, ModelCardJson.read(ModelCardJson.write(card)));
    ModelCard imported = ModelCards.imported("vgg16-imagenet");
    assertEquals(imported, ModelCardJson.read(ModelCardJson.write(imported)));
  }

  @Test
  void theTextIsStableAndReadable() throws IOException {
    String json = ModelCardJson.write(card);
    assertEquals(json, ModelCardJson.write(ModelCardJson.read(json)));
    String start =
        """
        {
          "name" : "a-mini",
          "architecture" : {
            "kind" : "inception-resnet-v2",
            "width" : 0.125,
            "repeats" : [
              2,
              4,
              2
            ],
            "batchNorm" : true,
            "headWidth" : 0,
            "pooledSize" : 1,
            "dropout" : 0.2
          },
          "input" : {
            "channels" : 1,
            "height" : 128,
            "width" : 128
          },
          "preprocessing" : {
            "mean" : 0.449,
            "sd" : 0.226
          },
          "output" : "sigmoid logit of not-cat, cat = class 0",
          "padding" : "reflect",
          "training" : {
            "data" : "cats and others",
            "researchOnly" : true,
            "photos" : {
              "train/cat" : 10,
              "train/not_cat" : 12
            },
            "epochs" : 24,
            "seed" : 7,
            "options" : {
              "batch" : "64",
              "learning-rate" : "0.002"
            }
          },
        """;
    assertEquals(start, json.substring(0, start.length()));
    assertTrue(json.contains("\"created\" : \"2026-03-01T12:00:00Z\""), json);
    assertTrue(json.endsWith("\"whiskerVersion\" : \"0.1.0\"\n}\n"), json);
  }

  @Test
  void unknownKeysAreIgnored() throws IOException {
    String json = ModelCardJson.write(card);
    String more =
        json.replace("\"sd\" :", "\"later\" : [1, {}],\n \"sd\" :")
            .replaceFirst("\\{", "{\"x\":1,");
    assertEquals(card, ModelCardJson.read(more));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"width\" : 0.125, | '' | architecture.width is missing",
        "\"sd\" : 0.226 | '\"s\" : 1' | preprocessing.sd is missing",
        "\"name\" : \"a-mini\", | '' | name is missing",
        "\"figures\" | '\"figure\"' | figures is missing",
        "\"width\" : 0.125 | '\"width\" : null' | 'architecture.width: '",
        "\"width\" : 0.125 | '\"width\" : -1' | architecture: width must be above 0 and at most"
            + " 64.0, was -1.0",
        "\"width\" : 0.125 | '\"width\" : \"NaN\"' | width must be above 0 and at most 64.0, was"
            + " NaN",
        "\"width\" : 0.125 | '\"width\" : \"wide\"' | 'architecture.width: '",
        "\"name\" : \"a-mini\" | '\"name\" : \"../x\"' | '../x'",
        "\"name\" : \"a-mini\" | '\"name\" : null' | 'name: '",
        "\"padding\" : \"reflect\" | '\"padding\" : \"mirror\"' | mirror",
        "\"padding\" : \"reflect\" | '\"padding\" : null' | both an architecture and a padding",
        "logit of not-cat | logit of dog | 'output: '",
        "\"mean\" : 0.449 | '\"mean\" : [0.4, 0.5]' | mean and sd need as many numbers",
        "\"kind\" : \"inception | '\"kind\" : \"exception' | 'architecture.kind: '",
        "2026-03-01T12 | 2026-03-91T12 | 'created: '",
        "\"accuracy\" : 0.9 | '\"accuracy\" : 90' | a figure must be in [0, 1]: 90.0",
        "\"height\" : 128 | '\"height\" : 12800000000' | 'input.height: '",
        "\"height\" : 128 | '\"height\" : 1000000000' | input height must be 1 to 8192",
        "\"pooledSize\" : 1 | '\"pooledSize\" : 1000000000' | pooledSize must be 1 to 1024",
        "\"sha256\" : \"\" | '\"sha256\" : \"abc\"' | sha256 is not 64 hexadecimal digits: abc",
        "\"epochs\" : 24 | '\"epochs\" : 24, \"epochs\" : 25' | Duplicate",
      })
  void whatIsWrongIsNamed(String from, String to, String part) throws IOException {
    String json = ModelCardJson.write(card);
    assertTrue(json.contains(from), from);
    String changed =
        json.substring(0, json.indexOf(from))
            + to
            + json.substring(json.indexOf(from) + from.length());
    IOException e = assertThrows(IOException.class, () -> ModelCardJson.read(changed));
    String message = Objects.requireNonNull(e.getMessage());
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aModulesCardAndItsChannels() throws IOException {
    ModelCard module =
        new ModelCard(
            "theirs",
            null,
            new ModelCard.Input(3, 32, 32),
            new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f)),
            new Output(Output.Form.LOGITS, 1000, List.of(285, 281)),
            null,
            null,
            null,
            WeightsFile.UNSAVED_MODULE,
            card.created(),
            "0.1.0");
    String json = ModelCardJson.write(module);
    assertEquals(module, ModelCardJson.read(json));
    assertTrue(json.contains("\"logits of 1000 classes, cat = classes 281,285\""), json);
    assertTrue(module.isModule());
    assertEquals("torchscript, own", module.kind() + ", " + module.paddingLabel());
    assertThrows(UnknownLayersException.class, () -> Networks.of(module));
  }

  @ParameterizedTest
  @CsvSource({"LOGIT,0", "LOGIT,1", "SIGMOID,0", "SIGMOID,1", "LOGITS,3"})
  void outputsAreWordsOnTheCard(Output.Form form, int cat) {
    Output output = new Output(form, form == Output.Form.LOGITS ? 5 : 1, List.of(cat));
    assertEquals(output, Output.parse(output.label()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3", "{", "{}", "{} {}", "\u0000"})
  void textThatIsNoCard(String json) {
    IOException e = assertThrows(IOException.class, () -> ModelCardJson.read(json));
    assertEquals(1, Objects.requireNonNull(e.getMessage()).lines().count());
  }

  @Test
  void preprocessingIsAffine() {
    assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Preprocessing(Float.NaN, 1));
  }

  @Test
  void figuresComeFromAnEvaluation() {
    Evaluation evaluation =
        new Evaluation(new float[] {-1, 1, 2}, new int[] {0, 0, 1}, List.of("a", "b", "b"));
    Figures figures = Figures.of(evaluation, 0.25);
    assertEquals(new Figures(3, 2 / 3.0, 0.5, 1, 1, Map.of("a", 1.0, "b", 0.5), 0.25), figures);
    assertEquals(figures, card.withFigures(figures).figures());
    assertTrue(figures.isAtChance(), "three photos say nothing");
    assertFalse(of(200, 0.6, 0.62).isAtChance());
    assertTrue(of(200, 1, 0).isAtChance(), "all are called cats");
  }

  private static Figures of(int photos, double cats, double others) {
    return new Figures(photos, (cats + others) / 2, cats, others, 0.5, Map.of(), 0.5);
  }
}
